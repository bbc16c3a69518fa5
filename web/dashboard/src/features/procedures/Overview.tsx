/** One procedure at a glance: what customers get, what keeps it from being published, how it goes. */

import type { Procedure } from "@deskhand/contract";
import { Anchor, Group, List, SimpleGrid, Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck, IconCircleX } from "@tabler/icons-react";
import { Link, useParams } from "react-router";
import { $api } from "../../api/client";
import { useLanguage, useTexts } from "../../i18n/language";
import { Card } from "../../ui/Card";
import { type Column, DataTable } from "../../ui/DataTable";
import { Loaded } from "../../ui/Loaded";
import { Prose } from "../../ui/Prose";
import { TalkButton } from "../../ui/TalkButton";
import { Ago } from "../../ui/time";
import { RunStatus } from "../talk/Status";
import { Frame } from "./Frame";
import { Ways } from "./marks";
import { TestsCard } from "./TestsCard";
import { procedures } from "./texts";

export default function Overview() {
  const { slug = "" } = useParams();
  const query = $api.useQuery("get", "/v1/procedures/{slug}", { params: { path: { slug } } });
  return (
    <Loaded query={query} page>
      {of => (
        <Frame of={of} tab="overview">
          <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
            <Stack>
              <Standing of={of} />
              <When of={of} />
              <TestsCard of={of} />
            </Stack>
            <Stack>
              <Figures slug={slug} />
              <Versions slug={slug} live={of.active_version} />
            </Stack>
          </SimpleGrid>
          <Runs slug={slug} />
        </Frame>
      )}
    </Loaded>
  );
}

function Standing({ of }: { of: Procedure }) {
  const say = useTexts(procedures);
  const wrong = of.problems.filter(one => one.severity === "error");
  const warned = of.problems.length - wrong.length;
  return (
    <Card title={say("problems")}>
      <Stack gap="xs">
        <Text fz="sm">
          {of.status === "archived"
            ? say("offLive")
            : of.active_version === null
              ? say("notLive")
              : say("live", { version: of.active_version })}{" "}
          {of.differs && (
            <Anchor component={Link} to={`/procedures/${of.slug}/edit?publish=1`} fz="sm">
              {say("seeDifference")}
            </Anchor>
          )}
        </Text>
        <Group gap={6} c={wrong.length ? "var(--mantine-color-error)" : undefined}>
          {wrong.length ? <IconCircleX size={16} /> : <IconCircleCheck size={16} />}
          <Text fz="sm">{wrong.length ? say("errors", { count: wrong.length }) : say("noProblems")}</Text>
        </Group>
        {warned > 0 && (
          <Group gap={6}>
            <IconAlertTriangle size={16} />
            <Text fz="sm">{say("warnings", { count: warned })}</Text>
          </Group>
        )}
        {of.problems.length > 0 && (
          <List fz="sm" spacing={4} c="dimmed">
            {of.problems.slice(0, 8).map(({ step, field, code, sentence }) => (
              <List.Item key={`${step} ${field} ${code} ${sentence}`}>
                {step ? (
                  <Anchor component={Link} to={`/procedures/${of.slug}/edit?step=${step}`} fz="sm">
                    {step}
                  </Anchor>
                ) : (
                  field
                )}
                {(step || field) && ": "}
                <Prose text={sentence} />
              </List.Item>
            ))}
          </List>
        )}
      </Stack>
    </Card>
  );
}

function When({ of }: { of: Procedure }) {
  const say = useTexts(procedures);
  const steps = Array.isArray(of.document.steps) ? of.document.steps.length : 0;
  return (
    <Card
      title={say("when")}
      beside={
        <Text fz="xs" c="dimmed">
          {say("steps", { count: steps })}
        </Text>
      }
    >
      <Stack gap="xs">
        <Ways ways={of.ways} />
        {of.trigger && <Text fz="sm">{of.trigger}</Text>}
        {typeof of.document.description === "string" && of.document.description && (
          <Text fz="sm" c="dimmed">
            {of.document.description}
          </Text>
        )}
      </Stack>
    </Card>
  );
}

function Figures({ slug }: { slug: string }) {
  const say = useTexts(procedures);
  const { language } = useLanguage();
  const query = $api.useQuery("get", "/v1/reports/procedures");
  return (
    <Card
      title={say("figures")}
      beside={
        <Anchor component={Link} to={`/reports/runs?procedure=${slug}`} fz="sm">
          {say("reports")}
        </Anchor>
      }
    >
      <Loaded query={query}>
        {({ items }) => {
          const found = items.find(one => one.procedure === slug);
          if (!found) return <Text fz="sm">{say("noRuns")}</Text>;
          const share = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 });
          return (
            <SimpleGrid cols={3}>
              <Figure label={say("runs")}>{new Intl.NumberFormat(language).format(found.runs)}</Figure>
              <Figure label={say("completed")}>
                {typeof found.completion === "number" ? share.format(found.completion) : "–"}
              </Figure>
              <Figure label={say("lastRun")}>
                <Ago at={found.last_run_at} short />
              </Figure>
            </SimpleGrid>
          );
        }}
      </Loaded>
    </Card>
  );
}

function Figure({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div>
      <Text fz="xs" c="dimmed">
        {label}
      </Text>
      <Text fz="lg" fw={600} component="div">
        {children}
      </Text>
    </div>
  );
}

const SHOWN_VERSIONS = 5;

function Versions({ slug, live }: { slug: string; live: number | null }) {
  const say = useTexts(procedures);
  const query = $api.useQuery("get", "/v1/procedures/{slug}/versions", { params: { path: { slug } } });
  return (
    <Card
      title={say("versions")}
      beside={
        <Anchor component={Link} to={`/procedures/${slug}/edit?panel=versions`} fz="sm">
          {say("seeAll")}
        </Anchor>
      }
    >
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Text fz="sm">{say("noVersions")}</Text>
          ) : (
            <Stack gap={8}>
              {items.slice(0, SHOWN_VERSIONS).map(({ version, published_at, published_by, note }) => (
                <div key={version}>
                  <Group gap={6}>
                    <Text fz="sm" fw={550}>
                      {say("versionNumber", { number: version })}
                    </Text>
                    {version === live && (
                      <Text span fz="xs" c="dimmed">
                        {say("current")}
                      </Text>
                    )}
                    <Text span fz="xs" c="dimmed">
                      <Ago at={published_at} /> {say("publishedBy", { by: published_by })}
                    </Text>
                  </Group>
                  {note && <Text fz="sm">{note}</Text>}
                </div>
              ))}
            </Stack>
          )
        }
      </Loaded>
    </Card>
  );
}

function Runs({ slug }: { slug: string }) {
  const say = useTexts(procedures);
  const query = $api.useQuery("get", "/v1/runs", { params: { query: { procedure: slug, limit: 8 } } });
  type Row = NonNullable<typeof query.data>["items"][number];
  const columns: Column<Row>[] = [
    { id: "began", title: say("began"), cell: run => <Ago at={run.started_at} /> },
    { id: "status", title: say("status"), cell: run => <RunStatus status={run.status} waiting={run.waiting} /> },
    { id: "step", title: say("run"), cell: run => run.step, wide: true },
    { id: "version", title: say("version"), cell: run => run.version, align: "right" },
  ];
  return (
    <Card
      title={say("recent")}
      beside={
        <Anchor component={Link} to={`/conversations?procedure=${slug}`} fz="sm">
          {say("seeAll")}
        </Anchor>
      }
    >
      <Loaded query={query}>
        {({ items }) =>
          items.length ? (
            <DataTable
              label={say("recent")}
              rows={items}
              columns={columns}
              id={run => run.id}
              to={run => `/conversations/${run.conversation}?run=${run.id}`}
            />
          ) : (
            <Group>
              <Text fz="sm">{say("noRuns")}</Text>
              <TalkButton variant="default" size="compact-sm">
                {say("tryIt")}
              </TalkButton>
            </Group>
          )
        }
      </Loaded>
    </Card>
  );
}

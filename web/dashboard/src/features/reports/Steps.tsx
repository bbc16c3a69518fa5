import { Button, Group, NativeSelect, Text } from "@mantine/core";
import { IconRoute, IconRouteOff } from "@tabler/icons-react";
import { Link } from "react-router";
import { $api } from "../../api/client";
import { leads } from "../../app/leads";
import { useTexts } from "../../i18n/language";
import { type Column, DataTable } from "../../ui/DataTable";
import { Empty } from "../../ui/Empty";
import { useFilters } from "../../ui/filters";
import { Loaded } from "../../ui/Loaded";
import { useAsked } from "./asked";
import { useProcedureNames } from "./names";
import { useNumbers } from "./numbers";
import { Card, Csv, Lead, Nothing, Report } from "./parts";
import classes from "./Reports.module.css";
import { inOrder, type StepFigures } from "./stepOrder";
import { reports } from "./texts";

/** Where runs of one procedure stop, step by step. */
export default function Steps() {
  const [filters] = useFilters(["procedure"]);
  const asked = useAsked();
  // without a choice it is the procedure that ran most
  const runs = $api.useQuery(
    "get",
    "/v1/reports/runs",
    { params: { query: { ...asked, procedure: undefined } } },
    { enabled: !filters.procedure },
  );
  if (filters.procedure) return <OfProcedure slug={filters.procedure} />;
  return (
    <Loaded query={runs}>
      {({ procedures }) => {
        const most = procedures.find(one => one.procedure && !one.procedure.startsWith("action:"));
        return most?.procedure ? <OfProcedure slug={most.procedure} /> : <Nothing />;
      }}
    </Loaded>
  );
}

function OfProcedure({ slug }: { slug: string }) {
  const say = useTexts(reports);
  const names = useProcedureNames();
  const [{ version }, change] = useFilters(["procedure", "version"]);
  const { procedure: _, ...asked } = useAsked();
  const query = $api.useQuery("get", "/v1/reports/steps/{slug}", {
    params: { path: { slug }, query: { ...asked, ...(version ? { version: Number(version) } : {}) } },
  });
  const slugs = names.slugs.includes(slug) ? names.slugs : [slug, ...names.slugs];
  return (
    <Report>
      <Lead>{say("stepsLead")}</Lead>
      <Group align="flex-end" gap="sm">
        <NativeSelect
          label={say("procedure")}
          value={slug}
          onChange={event => change({ procedure: event.currentTarget.value, version: "" })}
          data={slugs.map(one => ({ value: one, label: names.name(one) }))}
        />
        {(query.data?.versions.length ?? 0) > 0 && (
          <NativeSelect
            label={say("version")}
            value={String(query.data?.version ?? "")}
            onChange={event => change({ version: event.currentTarget.value })}
            data={(query.data?.versions ?? []).map(one => ({
              value: String(one.version),
              label: say("versionRuns", { version: String(one.version), count: one.runs }),
            }))}
          />
        )}
      </Group>
      <Loaded query={query}>
        {found =>
          found.version === null || found.steps.length === 0 ? (
            <Empty icon={IconRouteOff} title={say("neverRan")}>
              {say("neverRanText")}
            </Empty>
          ) : (
            <Found slug={slug} version={found.version} runs={found.runs} steps={found.steps} />
          )
        }
      </Loaded>
    </Report>
  );
}

interface FoundProps {
  readonly slug: string;
  readonly version: number;
  readonly runs: number;
  readonly steps: readonly StepFigures[];
}

function Found({ slug, version, runs, steps }: FoundProps) {
  const say = useTexts(reports);
  const names = useProcedureNames();
  const document = $api.useQuery("get", "/v1/procedures/{slug}/versions/{number}", {
    params: { path: { slug, number: version } },
  });
  const ordered = inOrder(steps, document.data?.document);
  const canvas = `/procedures/${slug}/edit?figures=${version}`;
  const csv = <Csv report={`steps/${slug}`} name={names.name(slug)} more={{ version: String(version) }} />;
  return (
    <>
      <Card
        title={say("stepsChart", { name: names.name(slug) })}
        beside={
          <Group gap="xs">
            {leads(canvas) && (
              <Button
                component={Link}
                to={canvas}
                variant="default"
                size="compact-sm"
                leftSection={<IconRoute size={16} />}
              >
                {say("onCanvas")}
              </Button>
            )}
            {csv}
          </Group>
        }
      >
        <Funnel steps={ordered} runs={runs} />
      </Card>
      <Card title={say("steps")}>
        <DataTable label={say("steps")} rows={ordered} columns={useColumns()} id={row => row.step} />
      </Card>
    </>
  );
}

function Funnel({ steps, runs }: { steps: readonly StepFigures[]; runs: number }) {
  const say = useTexts(reports);
  const { number, share } = useNumbers();
  const most = Math.max(runs, ...steps.map(one => one.entered), 1);
  const part = (value: number) => ({ width: `${(value / most) * 100}%` });
  return (
    <>
      <ol className={classes.funnel}>
        {steps.map(one => (
          <li key={one.step}>
            <Group justify="space-between" gap="xs" wrap="nowrap">
              <Text fz="sm" fw={550} className={classes.words}>
                {one.step}
              </Text>
              <Text fz="sm" className={classes.number}>
                {number(one.entered)}
                {one.stopped > 0 && (
                  <Text span fz="xs" c="dimmed">
                    {" "}
                    · {say("stopped")}: {number(one.stopped)} ({share(one.stopped / one.entered)})
                  </Text>
                )}
              </Text>
            </Group>
            <div className={classes.bar} aria-hidden>
              <div className={classes.went} style={part(one.left)} />
              <div className={classes.here} style={part(one.here)} />
              <div className={classes.stopped} style={part(one.stopped)} />
            </div>
          </li>
        ))}
      </ol>
      <Group gap="md" mt="md">
        {(["left", "here", "stopped"] as const).map(name => (
          <Text key={name} fz="xs" c="dimmed">
            <span className={`${classes.swatch} ${name === "left" ? classes.went : classes[name]}`} aria-hidden />
            {say(name)}
          </Text>
        ))}
      </Group>
    </>
  );
}

function useColumns(): readonly Column<StepFigures>[] {
  const say = useTexts(reports);
  const { number } = useNumbers();
  return [
    { id: "step", title: say("step"), cell: row => <span className={classes.words}>{row.step}</span> },
    ...(["entered", "left", "here", "stopped", "visits"] as const).map(id => ({
      id,
      title: say(id),
      align: "right" as const,
      cell: (row: StepFigures) => <span className={classes.number}>{number(row[id])}</span>,
    })),
  ];
}

/** Runs through the whole flow: the customer's answers are given one by one, everything else can be chosen anew. */

import type { FoundPath, Report, Script } from "@deskhand/contract";
import { Box, Button, Group, Menu, Skeleton, Stack, Text } from "@mantine/core";
import { IconDeviceFloppy, IconRefresh, IconRoute } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { api } from "../../api/client";
import { useTexts } from "../../i18n/language";
import type { PanelProps } from "../panel";
import { Outcome } from "./Outcome";
import { Player } from "./Player";
import { Question } from "./Question";
import { Refusal } from "./Refusal";
import { SaveTest } from "./SaveTest";
import { answered, begun } from "./script";
import { TriedAs } from "./TriedAs";
import { testing } from "./texts";
import { usePainted, usePlace, useSimulation } from "./useSimulation";
import { Remark, Visits } from "./Visits";
import classes from "./Visits.module.css";

interface Props extends PanelProps {
  readonly script: Script;
  readonly change: (script: Script) => void;
  readonly shown: boolean;
}

export function Simulate({ script, change, shown, ...panel }: Props) {
  const say = useTexts(testing);
  const { slug, document, onSelect, onPaint } = panel;
  const simulation = useSimulation(document, script, shown);
  const report = simulation.error ? undefined : simulation.data;
  const { place, length, go } = usePlace(report?.paint);
  usePainted(report?.paint, slug, place, onPaint, shown);
  const look = (at: number) => {
    go(at);
    const visit = report?.paint.visits[at];
    if (visit?.step && visit.procedure === slug) onSelect(visit.step);
  };
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (length > 1 && place === length - 1) end.current?.scrollIntoView({ block: "nearest" });
  }, [length, place]);
  if (simulation.error)
    return <Refusal error={simulation.error} onSelect={onSelect} retry={() => void simulation.refetch()} />;
  if (!report) return <Skeleton h={160} />;
  return (
    <Stack gap="sm">
      <Bar {...{ report, script, change, panel, place, length, go: look }} />
      <Box aria-busy={simulation.isFetching}>
        <Visits
          visits={report.paint.visits}
          place={place}
          document={document}
          slug={slug}
          go={look}
          script={script}
          change={change}
        />
      </Box>
      {report.handed_over && <Remark>{say("handedOver", { reason: report.handed_over })}</Remark>}
      {report.unused.length > 0 && <Remark>{say("unused", { names: report.unused.join(", ") })}</Remark>}
      {report.missing && (
        <Question
          key={`${report.missing} ${length}`}
          variable={report.missing}
          document={document}
          answer={value => {
            go(Number.MAX_SAFE_INTEGER);
            change(answered(script, report.missing ?? "", value));
          }}
        />
      )}
      <div ref={end} />
    </Stack>
  );
}

interface BarProps {
  readonly report: Report;
  readonly script: Script;
  readonly change: (script: Script) => void;
  readonly panel: PanelProps;
  readonly place: number;
  readonly length: number;
  readonly go: (at: number) => void;
}

function Bar({ report, script, change, panel, place, length, go }: BarProps) {
  const say = useTexts(testing);
  const [saving, setSaving] = useState(false);
  const all = report.paint.taken.length + report.paint.never.length;
  return (
    <Stack gap={6} className={classes.bar}>
      <Group justify="space-between" gap={6}>
        <Group gap={6}>
          <Outcome outcome={report.outcome} />
          <Text fz="xs" c="dimmed">
            {say("coverage", { covered: report.paint.taken.length, all })}
          </Text>
        </Group>
        <Player place={place} length={length} go={go} />
      </Group>
      <Group gap={6}>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconRefresh size={14} />}
          onClick={() => change(begun(script))}
        >
          {say("reset")}
        </Button>
        <Paths panel={panel} choose={path => change(begun(script, path.script))} />
        <Button
          size="xs"
          variant="default"
          leftSection={<IconDeviceFloppy size={14} />}
          disabled={report.outcome === "waiting"}
          onClick={() => setSaving(true)}
        >
          {say("saveTest")}
        </Button>
      </Group>
      <TriedAs
        who={{ contact: script.contact ?? null, agent: script.agent, language: script.language }}
        change={({ contact, agent, language }) =>
          change({ ...script, contact, agent, language: language ?? script.language })
        }
        document={panel.document}
      />
      {saving && <SaveTest slug={panel.slug} script={script} report={report} close={() => setSaving(false)} />}
    </Stack>
  );
}

/** The paths of the flow, each with answers that lead along it. */
function Paths({ panel, choose }: { panel: PanelProps; choose: (path: FoundPath) => void }) {
  const say = useTexts(testing);
  const [opened, setOpened] = useState(false);
  const paths = useQuery({
    queryKey: ["paths", panel.document],
    queryFn: async ({ signal }) =>
      (await api.POST("/v1/paths", { body: { document: { ...panel.document }, most: 50 }, signal })).data,
    enabled: opened,
    retry: false,
  });
  return (
    <Menu opened={opened} onChange={setOpened} width={340} position="bottom-start" withinPortal>
      <Menu.Target>
        <Button size="xs" variant="default" leftSection={<IconRoute size={14} />}>
          {say("paths")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: "auto" }}>
        <Menu.Label>{say("pathsHint")}</Menu.Label>
        {paths.isFetching && !paths.data && <Skeleton h={60} m="xs" />}
        {paths.error && <Menu.Label>{paths.error.message}</Menu.Label>}
        {paths.data?.items.map((path, at) => (
          <Menu.Item key={path.steps.join(" ") + String(at)} disabled={!path.reached} onClick={() => choose(path)}>
            <PathLine path={path} number={at + 1} />
          </Menu.Item>
        ))}
        {paths.data?.cut && <Menu.Label>{paths.data.cut}</Menu.Label>}
      </Menu.Dropdown>
    </Menu>
  );
}

function PathLine({ path, number }: { path: FoundPath; number: number }) {
  const say = useTexts(testing);
  return (
    <Group gap={8} wrap="nowrap" align="flex-start">
      <Text fz="xs" c="dimmed" miw={16}>
        {number}
      </Text>
      <div style={{ minWidth: 0 }}>
        <Text fz="xs" lineClamp={2}>
          {path.steps.join(" → ")}
        </Text>
        {path.reached ? (
          <Outcome outcome={path.outcome} />
        ) : (
          <Text fz="xs">{say("noPath", { why: path.why_not ?? "" })}</Text>
        )}
      </div>
    </Group>
  );
}

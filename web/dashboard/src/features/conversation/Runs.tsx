/** The procedures that ran in a conversation, and what can be made of each run. */

import type { TimelineRun } from "@deskhand/contract";
import { ActionIcon, Anchor, Group, Text, Tooltip } from "@mantine/core";
import { IconFlask, IconSitemap } from "@tabler/icons-react";
import { useState } from "react";
import { Link } from "react-router";
import { useTexts } from "../../i18n/language";
import { CopyId } from "../../ui/Copy";
import { RunStatus } from "../talk/Status";
import classes from "./Conversation.module.css";
import { TestDialog } from "./TestDialog";
import { conversation } from "./texts";

const DIRECT = "action:";

interface Props {
  readonly runs: readonly TimelineRun[];
  /** The run that the address names. */
  readonly target: string | null;
}

export function Runs({ runs, target }: Props) {
  const say = useTexts(conversation);
  const [tested, setTested] = useState<TimelineRun | null>(null);
  return (
    <section>
      <h2 className={classes.title}>{say("runs")}</h2>
      {runs.length === 0 && (
        <Text fz="sm" c="dimmed">
          {say("noRuns")}
        </Text>
      )}
      {runs.map(run => (
        <Run key={run.id} run={run} target={run.id === target} test={() => setTested(run)} />
      ))}
      {tested && <TestDialog run={tested} close={() => setTested(null)} />}
    </section>
  );
}

function Run({ run, target, test }: { run: TimelineRun; target: boolean; test: () => void }) {
  const say = useTexts(conversation);
  const direct = run.procedure.startsWith(DIRECT);
  return (
    <div
      id={run.id}
      className={classes.run}
      data-run={run.id}
      data-target={target || undefined}
      aria-current={target || undefined}
      tabIndex={target ? -1 : undefined}
    >
      <Group justify="space-between" wrap="nowrap" gap={6}>
        {direct ? (
          <Text fz="sm" fw={600}>
            {run.name}
          </Text>
        ) : (
          <Anchor component={Link} to={`/procedures/${run.procedure}`} fz="sm" fw={600}>
            {run.name}
          </Anchor>
        )}
        {!direct && (
          <Group gap={2} wrap="nowrap">
            <Tooltip label={say("openEditor")}>
              <ActionIcon
                component={Link}
                to={`/procedures/${run.procedure}/edit?run=${run.id}`}
                aria-label={say("openEditor")}
              >
                <IconSitemap size={17} />
              </ActionIcon>
            </Tooltip>
            <Tooltip label={say("makeTest")}>
              <ActionIcon onClick={test} aria-label={say("makeTest")}>
                <IconFlask size={17} />
              </ActionIcon>
            </Tooltip>
          </Group>
        )}
      </Group>
      <Group gap={8} mt={4}>
        <RunStatus status={run.status} waiting={run.waiting} />
        <Text fz="xs" c="dimmed">
          {direct ? say("direct") : say("version", { version: run.version })}
        </Text>
      </Group>
      <CopyId id={run.id} />
    </div>
  );
}

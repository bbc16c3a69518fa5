/** What keeps a draft from being published, and what is doubtful about it; each leads to its place. */

import type { FoundProblem, TestVerdicts } from "@deskhand/contract";
import { Alert, Anchor, List, Skeleton, Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck, IconCircleX } from "@tabler/icons-react";
import type { UseQueryResult } from "@tanstack/react-query";
import { useTexts } from "../../i18n/language";
import { ErrorNote } from "../../ui/ErrorNote";
import { Prose } from "../../ui/Prose";
import { publishing } from "./texts";

interface Props {
  readonly problems: readonly FoundProblem[];
  readonly lead: (problem: FoundProblem) => void;
}

export function Checks({ problems, lead }: Props) {
  const say = useTexts(publishing);
  const errors = problems.filter(one => one.severity === "error");
  const warnings = problems.filter(one => one.severity !== "error");
  if (!problems.length) return null;
  return (
    <Stack gap="xs">
      {errors.length > 0 && (
        <Alert color="red" icon={<IconCircleX size={18} />} title={say("errors", { count: errors.length })}>
          <Problems problems={errors} lead={lead} />
        </Alert>
      )}
      {warnings.length > 0 && (
        <Alert
          color="yellow"
          icon={<IconAlertTriangle size={18} />}
          title={say("warnings", { count: warnings.length })}
        >
          <Problems problems={warnings} lead={lead} />
        </Alert>
      )}
    </Stack>
  );
}

function Problems({ problems, lead }: Props) {
  return (
    <List size="sm" spacing={4}>
      {problems.map(one => (
        <List.Item key={`${one.code} ${one.step ?? ""} ${one.sentence}`}>
          {one.step && (
            <>
              <Anchor component="button" fz="sm" ta="left" onClick={() => lead(one)}>
                {one.step}
              </Anchor>
              {": "}
            </>
          )}
          <Prose text={one.sentence} />
        </List.Item>
      ))}
    </List>
  );
}

interface TestProps {
  readonly verdicts: UseQueryResult<TestVerdicts>;
  readonly broken: boolean;
}

/** Whether the tests beside the procedure pass. */
export function TestsNote({ verdicts, broken }: TestProps) {
  const say = useTexts(publishing);
  if (broken) return <Dim>{say("testsNot")}</Dim>;
  if (verdicts.error) return <ErrorNote error={verdicts.error} retry={() => void verdicts.refetch()} />;
  if (!verdicts.data) return <Skeleton h={20} aria-label={say("testsWait")} />;
  const { items } = verdicts.data;
  const failing = items.filter(one => !one.passed);
  if (!items.length) return <Dim>{say("noTests")}</Dim>;
  if (!failing.length)
    return (
      <Alert color="teal" icon={<IconCircleCheck size={18} />}>
        {say("testsPass", { count: items.length })}
      </Alert>
    );
  return (
    <Alert color="yellow" icon={<IconAlertTriangle size={18} />} title={say("testsFail", { count: failing.length })}>
      <List size="sm" spacing={4}>
        {failing.map(one => (
          <List.Item key={one.id}>
            <b>{one.name}</b>: {one.differences[0]}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}

function Dim({ children }: { children: string }) {
  return (
    <Text fz="sm" c="dimmed">
      {children}
    </Text>
  );
}

/** How many problems there are, and the list of them. */

import type { FoundProblem } from "@deskhand/contract";
import { Badge, Button, Drawer, Group, Stack, Text, Title, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import { useSearchParams } from "react-router";
import { useTexts } from "../../i18n/language";
import { Prose } from "../../ui/Prose";
import { useDraft, useDraftState } from "../context";
import { editor } from "../texts";
import classes from "./Editor.module.css";

/** Where in the settings a field of the procedure is. */
const PARTS: Readonly<Record<string, string>> = {
  trigger: "triggers",
  variables: "variables",
  irreversible: "boundary",
};

export function ProblemButton() {
  const say = useTexts(editor);
  const problems = useDraftState(state => state.problems);
  const [opened, list] = useDisclosure(false);
  const errors = problems.filter(one => one.severity === "error");
  const warnings = problems.filter(one => one.severity !== "error");
  const label =
    errors.length > 0
      ? say("problems", { count: errors.length })
      : warnings.length > 0
        ? say("warnings", { count: warnings.length })
        : say("noProblems");
  const colour = errors.length > 0 ? "red" : warnings.length > 0 ? "yellow" : "gray";
  const Icon = problems.length > 0 ? IconAlertTriangle : IconCircleCheck;
  return (
    <>
      <Button
        size="xs"
        variant={problems.length > 0 ? "light" : "subtle"}
        color={colour}
        leftSection={<Icon size={15} />}
        onClick={list.open}
        data-problems={errors.length}
        data-warnings={warnings.length}
        className={classes.problemButton}
      >
        {label}
      </Button>
      <Drawer opened={opened} onClose={list.close} position="right" title={<Text fw={650}>{say("problemList")}</Text>}>
        <Stack gap="lg">
          {problems.length === 0 && <Text fz="sm">{say("problemNone")}</Text>}
          <Listed title={say("problemErrors")} colour="red" problems={errors} close={list.close} />
          <Listed title={say("problemWarnings")} colour="yellow" problems={warnings} close={list.close} />
        </Stack>
      </Drawer>
    </>
  );
}

interface ListProps {
  readonly title: string;
  readonly colour: string;
  readonly problems: readonly FoundProblem[];
  readonly close: () => void;
}

function Listed({ title, colour, problems, close }: ListProps) {
  const say = useTexts(editor);
  const draft = useDraft();
  const [, setSearch] = useSearchParams();
  if (problems.length === 0) return null;
  const go = (problem: FoundProblem) => {
    close();
    if (problem.step) draft.show(problem.step, problem.place.slice(2));
    else draft.select([]);
    setSearch(
      before => {
        if (problem.step) before.delete("panel");
        else before.set("panel", "settings");
        before.set("part", PARTS[String(problem.place[0])] ?? "general");
        if (problem.step) before.delete("part");
        return before;
      },
      { replace: true },
    );
  };
  return (
    <section>
      <Title order={3} fz="sm" mb={6}>
        {title}
      </Title>
      <Stack gap={4}>
        {problems.map(problem => (
          <UnstyledButton
            key={`${problem.code} ${problem.place.join(".")} ${problem.step} ${problem.sentence}`}
            className={classes.problem}
            onClick={() => go(problem)}
          >
            <Group gap={6} wrap="nowrap" align="flex-start">
              <Badge color={colour} size="sm" variant="light" style={{ flex: "none" }}>
                {problem.step ?? say("problemSomewhere")}
              </Badge>
              <div>
                <Text fz="sm">
                  <Prose text={problem.sentence} />
                </Text>
                {problem.path.length > 0 && (
                  <Text fz="xs" c="dimmed">
                    {say("problemWay", { path: problem.path.join(" → ") })}
                  </Text>
                )}
              </div>
            </Group>
          </UnstyledButton>
        ))}
      </Stack>
    </section>
  );
}

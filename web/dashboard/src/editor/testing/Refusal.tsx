/** Why a draft cannot be run through: each problem leads to its step. */

import { Anchor, List, Stack, Text } from "@mantine/core";
import { Problem } from "../../api/problem";
import { useTexts } from "../../i18n/language";
import { ErrorNote } from "../../ui/ErrorNote";
import { Prose } from "../../ui/Prose";
import { testing } from "./texts";

interface Props {
  readonly error: unknown;
  readonly onSelect: (step: string) => void;
  readonly retry?: () => void;
}

/** The problems of a draft with a link each; anything else that went wrong in its sentence. */
export function Refusal({ error, onSelect, retry }: Props) {
  const say = useTexts(testing);
  const problems = error instanceof Problem ? error.problems.filter(one => one.severity !== "warning") : [];
  if (!(error instanceof Problem) || error.status !== 422 || !problems.length)
    return <ErrorNote error={error} retry={retry} />;
  return (
    <Stack gap="xs" role="alert">
      <Text fz="sm" fw={600}>
        {say("needsFix")}
      </Text>
      <List size="sm" spacing={4}>
        {problems.map(one => (
          <List.Item key={`${one.step ?? ""} ${String(one.code)} ${String(one.sentence ?? one.message)}`}>
            {one.step ? (
              <Anchor component="button" fz="sm" ta="left" onClick={() => onSelect(one.step ?? "")}>
                {one.step}
              </Anchor>
            ) : null}
            {one.step ? ": " : ""}
            <Prose text={String(one.sentence ?? one.message)} />
          </List.Item>
        ))}
      </List>
    </Stack>
  );
}

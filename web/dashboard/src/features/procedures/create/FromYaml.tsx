import type { Diagnostic } from "@codemirror/lint";
import { Button, FileButton, Group, List, Stack, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconCheck, IconUpload } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { $api } from "../../../api/client";
import { useTexts } from "../../../i18n/language";
import { CodeEditor } from "../../../ui/Code";
import { ErrorNote } from "../../../ui/ErrorNote";
import { Prose } from "../../../ui/Prose";
import { type MakeProps, useMaking } from "./making";
import { type Placed, placed, span } from "./placing";
import { creating } from "./texts";

/** Pasted or from a file; what is wrong stands at its line. */
export function FromYaml({ made }: MakeProps) {
  const say = useTexts(creating);
  const { make, busy, error } = useMaking(made);
  const [text, setText] = useState("");
  const [unreadable, setUnreadable] = useState(false);
  const { problems, checking } = useChecked(text);
  const marks = useMemo(() => problems.flatMap(problem => mark(text, problem)), [problems, text]);
  const read = async (file: File | null) => {
    if (!file) return;
    const found = await file.text().catch(() => null);
    setUnreadable(found === null || found.includes("\u0000"));
    if (found !== null && !found.includes("\u0000")) setText(found);
  };
  return (
    <Stack>
      <Group justify="space-between" align="flex-end">
        <Text fz="sm" c="dimmed" maw={420}>
          {say("pasteHint")}
        </Text>
        <FileButton onChange={file => void read(file)} accept=".yaml,.yml,.txt,.json">
          {props => (
            <Button {...props} variant="default" leftSection={<IconUpload size={16} />}>
              {say("file")}
            </Button>
          )}
        </FileButton>
      </Group>
      {unreadable && (
        <Text role="alert" fz="sm" c="red">
          {say("unreadable")}
        </Text>
      )}
      <CodeEditor
        label={say("paste")}
        language="yaml"
        value={text}
        onChange={setText}
        problems={marks}
        minHeight={260}
        maxHeight="45vh"
      />
      {text.trim() && <Verdict problems={problems} checking={checking} />}
      {error !== null && <ErrorNote error={error} />}
      <Group justify="flex-end">
        <Button onClick={() => void make({ yaml: text })} loading={busy} disabled={!text.trim()}>
          {say("make")}
        </Button>
      </Group>
    </Stack>
  );
}

function useChecked(text: string): { problems: readonly Placed[]; checking: boolean } {
  const [settled] = useDebouncedValue(text, 300);
  const { data, isFetching } = $api.useQuery(
    "post",
    "/v1/check",
    { body: { yaml: settled } },
    { enabled: settled.trim() !== "", staleTime: Infinity, placeholderData: before => before },
  );
  const problems = useMemo(() => (data?.problems ?? []).map(one => placed(settled, one)), [data, settled]);
  return { problems: settled.trim() ? problems : [], checking: isFetching || settled !== text };
}

function mark(text: string, problem: Placed): Diagnostic[] {
  if (problem.line === null) return [];
  const severity = problem.severity === "error" ? "error" : "warning";
  return [{ ...span(text, problem.line), severity, message: problem.sentence }];
}

function Verdict({ problems, checking }: { problems: readonly Placed[]; checking: boolean }) {
  const say = useTexts(creating);
  if (checking && problems.length === 0) return <Text fz="sm">{say("checking")}</Text>;
  if (problems.length === 0) {
    return (
      <Group gap={6} role="status">
        <IconCheck size={16} />
        <Text fz="sm">{say("fine")}</Text>
      </Group>
    );
  }
  return (
    <Stack gap={4} role="status">
      <Text fz="sm" fw={600}>
        {say("problemCount", { count: problems.length })}
      </Text>
      <List fz="sm" spacing={2}>
        {problems.map(({ sentence, line, step }) => (
          <List.Item key={`${line} ${step} ${sentence}`}>
            {line !== null && <b>{say("line", { line })}: </b>}
            <Prose text={sentence} />
          </List.Item>
        ))}
      </List>
      <Text fz="xs" c="dimmed">
        {say("draftsAnyway")}
      </Text>
    </Stack>
  );
}

import { Button, Group, SimpleGrid, Stack, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { $api, api } from "../../../api/client";
import { useTexts } from "../../../i18n/language";
import { CodeEditor } from "../../../ui/Code";
import { ErrorNote } from "../../../ui/ErrorNote";
import { Value } from "../../talk/Http";
import { useEditing } from "../editing";
import { Part } from "../fields/Part";
import { sampleOf } from "../templates";
import { response } from "./responseTexts";

const START = "function transform(response, context) {\n  return response;\n}\n";

/** JavaScript between the answer and its use, tried on an answer while it is written. */
export function Transformer() {
  const say = useTexts(response);
  const { doc, set, locked, problem } = useEditing();
  if (typeof doc.transform !== "string") {
    return (
      <Part title={say("transform")} hint={say("transformHint")}>
        <Group>
          <Button variant="default" disabled={locked} onClick={() => set({ transform: START })}>
            {say("transformAdd")}
          </Button>
        </Group>
      </Part>
    );
  }
  return (
    <Part title={say("transform")} hint={say("transformHint")}>
      <CodeEditor
        label={say("transform")}
        language="javascript"
        value={doc.transform}
        onChange={transform => set({ transform })}
        readOnly={locked}
        minHeight={140}
      />
      {problem("transform") && (
        <Text fz="sm" c="red">
          {problem("transform")}
        </Text>
      )}
      {!locked && (
        <>
          <Trial source={doc.transform} />
          <Group>
            <Button size="compact-sm" variant="subtle" color="red" onClick={() => set({ transform: null })}>
              {say("transformRemove")}
            </Button>
          </Group>
        </>
      )}
    </Part>
  );
}

function Trial({ source }: { source: string }) {
  const say = useTexts(response);
  const { doc } = useEditing();
  const last = useLastAnswer(doc.slug);
  const [own, setOwn] = useState<string | null>(null);
  const text = own ?? (last === undefined ? '{\n  "id": 1\n}' : JSON.stringify(last, null, 2));
  const [tried] = useDebouncedValue({ source, text }, 400);
  const variables = Object.fromEntries((doc.variables ?? []).map(one => [one.name, sampleOf(one)]));
  const answer = parsed(tried.text);
  const trial = useQuery({
    queryKey: ["try-transform", tried.source, tried.text],
    queryFn: async ({ signal }) => {
      const body = { transform: tried.source, response: answer.value as never, variables, status: 200 };
      return (await api.POST("/v1/try-transform", { body, signal })).data;
    },
    enabled: answer.ok && tried.source.trim() !== "",
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }}>
      <Stack gap={4}>
        <Group justify="space-between">
          <Text fz="sm" fw={500}>
            {say("tryOn")}
          </Text>
          <Button
            size="compact-xs"
            variant="subtle"
            disabled={last === undefined || own === null}
            onClick={() => setOwn(null)}
          >
            {say(last === undefined ? "noLast" : "useLast")}
          </Button>
        </Group>
        <CodeEditor
          label={say("tryOn")}
          language="json"
          value={text}
          onChange={setOwn}
          minHeight={100}
          maxHeight={260}
        />
      </Stack>
      <Stack gap={4} aria-live="polite">
        <Text fz="sm" fw={500}>
          {say("result")}
        </Text>
        {!answer.ok && <Text fz="sm">{say("sampleBroken")}</Text>}
        {trial.error && <ErrorNote error={trial.error} />}
        {trial.isFetching && !trial.data && <Text fz="sm">{say("trying")}</Text>}
        {answer.ok &&
          trial.data &&
          (trial.data.ok ? (
            <Value value={trial.data.value} label={say("result")} />
          ) : (
            <Text fz="sm" c="red">
              {trial.data.problem}
            </Text>
          ))}
      </Stack>
    </SimpleGrid>
  );
}

/** The answer of the newest call that the log knows; undefined where there is none. */
function useLastAnswer(action: string): unknown {
  const query = { action, status: "succeeded" as const, limit: 1 };
  const { data } = $api.useQuery("get", "/v1/executions", { params: { query } }, { enabled: action !== "" });
  return data?.items[0]?.response ?? undefined;
}

function parsed(text: string): { ok: boolean; value?: unknown } {
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch {
    return { ok: false };
  }
}

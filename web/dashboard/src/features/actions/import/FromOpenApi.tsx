import type { Operation, ImportResult as Result } from "@deskhand/contract";
import { Button, Divider, Group, Input, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { $api } from "../../../api/client";
import { useTexts } from "../../../i18n/language";
import { CodeEditor } from "../../../ui/Code";
import { ErrorNote } from "../../../ui/ErrorNote";
import { FromFile } from "./FromText";
import { PickOperations } from "./PickOperations";
import { importing } from "./texts";

/** Where a description is: its address, or its text. */
export type Source = { readonly url: string } | { readonly text: string };

interface Read {
  readonly source: Source;
  readonly operations: readonly Operation[];
}

/** An API description: read it, pick from it, import. What was typed stays while one goes back and forth. */
export function FromOpenApi({ done }: { done: (result: Result) => void }) {
  const say = useTexts(importing);
  const [url, setUrl] = useState("");
  const [text, setText] = useState("");
  const [read, setRead] = useState<Read | null>(null);
  const reading = $api.useMutation("post", "/v1/import/openapi/operations");
  const begin = (source: Source) =>
    reading.mutate({ body: source }, { onSuccess: ({ items }) => setRead({ source, operations: items }) });
  if (read) {
    return <PickOperations source={read.source} operations={read.operations} done={done} back={() => setRead(null)} />;
  }
  return (
    <Stack maw={820}>
      <Group align="flex-end" gap="xs">
        <TextInput
          label={say("url")}
          placeholder={say("urlExample")}
          value={url}
          onChange={event => setUrl(event.currentTarget.value)}
          onKeyDown={event => event.key === "Enter" && url.trim() && begin({ url })}
          flex={1}
          miw={220}
        />
        <Button onClick={() => begin({ url })} disabled={!url.trim()} loading={reading.isPending && !text}>
          {say("fetch")}
        </Button>
      </Group>
      <Divider label={say("orText")} labelPosition="center" />
      <Input.Wrapper label={say("text")} labelElement="div">
        <CodeEditor
          label={say("text")}
          language="yaml"
          value={text}
          onChange={setText}
          minHeight={200}
          maxHeight={360}
        />
      </Input.Wrapper>
      {reading.error && <ErrorNote error={reading.error} />}
      <Group gap="xs">
        <Button onClick={() => begin({ text })} disabled={!text.trim()} loading={reading.isPending}>
          {say("read")}
        </Button>
        <FromFile accept=".json,.yaml,.yml,application/json,application/yaml,text/yaml" take={setText} />
      </Group>
    </Stack>
  );
}

import type { ImportResult as Result } from "@deskhand/contract";
import { Button, FileButton, Group, Input, Stack, Text } from "@mantine/core";
import { IconFile } from "@tabler/icons-react";
import { useState } from "react";
import { $api } from "../../../api/client";
import { useTexts } from "../../../i18n/language";
import { CodeEditor } from "../../../ui/Code";
import { ErrorNote } from "../../../ui/ErrorNote";
import { importing } from "./texts";

interface Props {
  readonly done: (result: Result) => void;
}

const CURL = "curl https://api.example.com/customers?email={{lead.email}} \\\n  -H 'Authorization: Bearer …'";
const DEFINITION = `{
  "name": "Get Customer Account",
  "type": "http",
  "method": "GET",
  "url": "https://api.example.com/customers?email={{lead.email}}"
}`;

/** A cURL command becomes a draft. */
export function FromCurl({ done }: Props) {
  const say = useTexts(importing);
  const [command, setCommand] = useState("");
  const reading = $api.useMutation("post", "/v1/import/curl", { onSuccess: done });
  const go = () => reading.mutate({ body: { command, dry: false, replace: false, only_secrets: false } });
  return (
    <Stack maw={820}>
      <Input.Wrapper label={say("command")} labelElement="div" description={say("commandHint")}>
        <CodeEditor label={say("command")} language="text" value={command} onChange={setCommand} placeholder={CURL} />
      </Input.Wrapper>
      {reading.error && <ErrorNote error={reading.error} />}
      <Group>
        <Button onClick={go} disabled={!command.trim()} loading={reading.isPending}>
          {say("importIt")}
        </Button>
      </Group>
    </Stack>
  );
}

/** A JSON definition as other products write it, pasted or from a file. */
export function FromJson({ done }: Props) {
  const say = useTexts(importing);
  const [text, setText] = useState("");
  const reading = $api.useMutation("post", "/v1/import/json", { onSuccess: done });
  return (
    <Stack maw={820}>
      <Input.Wrapper label={say("definition")} labelElement="div" description={say("definitionHint")}>
        <CodeEditor
          label={say("definition")}
          language="json"
          value={text}
          onChange={setText}
          minHeight={180}
          placeholder={DEFINITION}
        />
      </Input.Wrapper>
      {reading.error && <ErrorNote error={reading.error} />}
      <Group gap="xs">
        <Button
          onClick={() => reading.mutate({ body: { text, dry: false, replace: false } })}
          disabled={!text.trim()}
          loading={reading.isPending}
        >
          {say("importIt")}
        </Button>
        <FromFile accept="application/json,.json" take={setText} />
      </Group>
    </Stack>
  );
}

/** A button that puts a file's text in. */
export function FromFile({ accept, take }: { accept: string; take: (text: string) => void }) {
  const say = useTexts(importing);
  const [name, setName] = useState("");
  const read = async (file: File | null) => {
    if (!file) return;
    setName(file.name);
    take(await file.text());
  };
  return (
    <>
      <FileButton accept={accept} onChange={file => void read(file)}>
        {props => (
          <Button {...props} variant="default" leftSection={<IconFile size={16} />}>
            {say("file")}
          </Button>
        )}
      </FileButton>
      {name && (
        <Text fz="sm" c="dimmed">
          {name}
        </Text>
      )}
    </>
  );
}

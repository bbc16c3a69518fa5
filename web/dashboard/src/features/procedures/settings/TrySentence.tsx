import type { Preview, Procedure } from "@deskhand/contract";
import type { Doc } from "@deskhand/flow";
import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { IconFlask } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { $api, api } from "../../../api/client";
import { useMayBuild } from "../../../app/session";
import { useTexts } from "../../../i18n/language";
import { Card } from "../../../ui/Card";
import { ErrorNote } from "../../../ui/ErrorNote";
import { settings } from "./texts";
import { verdictOf, wordsOf } from "./verdict";

interface Props {
  readonly slug: string;
  readonly document: Doc;
}

/** Which procedure a customer's sentence would bring, with the draft in place. */
export function TrySentence({ slug, document }: Props) {
  const say = useTexts(settings);
  const builds = useMayBuild();
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [preview, setPreview] = useState<Preview | null>(null);
  const run = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      setPreview(await tried(slug, document, text));
    } catch (thrown) {
      setPreview(null);
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Card title={say("tryTitle")}>
      <form onSubmit={event => void run(event)}>
        <Stack gap="sm" maw={720}>
          <Text fz="sm" c="dimmed">
            {say(builds ? "tryText" : "tryBuilders")}
          </Text>
          <Group align="flex-end" gap="xs">
            <TextInput
              flex="1 1 260px"
              label={say("trySentence")}
              placeholder={say("tryPlaceholder")}
              value={text}
              onChange={event => setText(event.currentTarget.value)}
              disabled={!builds}
            />
            <Button
              type="submit"
              variant="default"
              leftSection={<IconFlask size={16} />}
              loading={busy}
              disabled={!builds || !text.trim()}
            >
              {say("tryRun")}
            </Button>
          </Group>
          <div role="status">{preview && <Told slug={slug} preview={preview} />}</div>
          {error !== null && <ErrorNote error={error} />}
        </Stack>
      </form>
    </Card>
  );
}

function Told({ slug, preview }: { slug: string; preview: Preview }) {
  const words = wordsOf(preview.entries);
  const say = useTexts(settings);
  return (
    <Stack gap={4}>
      <Text fz="sm" fw={600}>
        <Found slug={slug} preview={preview} />
      </Text>
      {words.length > 0 && (
        <Text fz="sm" c="dimmed">
          {say("trySays")}: {words.join(" ")}
        </Text>
      )}
    </Stack>
  );
}

function Found({ slug, preview }: { slug: string; preview: Preview }) {
  const say = useTexts(settings);
  const { data } = $api.useQuery("get", "/v1/procedures");
  const called = (other: string) => data?.items.find(one => one.slug === other)?.name ?? other.replace(/^action:/, "");
  const verdict = verdictOf(preview.entries);
  switch (verdict.kind) {
    case "starts":
      return verdict.slug === slug ? say("tryThis") : say("tryOther", { name: called(verdict.slug) });
    case "offers":
      return verdict.slug === slug ? say("tryOffered") : say("tryOtherOffered", { name: called(verdict.slug) });
    case "asks":
      return say("tryAsks", { names: verdict.between.map(called).join(", ") });
    case "answers":
      return say("tryKnowledge");
    case "nothing":
      return say("tryNone");
  }
}

/** Say a sentence to a preview that is thrown away. */
async function tried(slug: string, document: Doc, text: string): Promise<Preview | null> {
  const body = { document: document as Procedure["document"] };
  const opened = await api.POST("/v1/procedures/{slug}/preview", { params: { path: { slug } }, body: body as never });
  const id = opened.data?.id ?? "";
  try {
    const answer = await api.POST("/v1/previews/{id}/events", {
      params: { path: { id } },
      body: { kind: "message", text },
    });
    return answer.data ?? null;
  } finally {
    await api.DELETE("/v1/previews/{id}", { params: { path: { id } } });
  }
}

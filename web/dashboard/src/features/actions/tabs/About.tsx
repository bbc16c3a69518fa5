import { Badge, Group, Stack, Switch, Text, Textarea, TextInput } from "@mantine/core";
import { $api } from "../../../api/client";
import { useTexts } from "../../../i18n/language";
import { CopyId } from "../../../ui/Copy";
import { Value } from "../../talk/Http";
import { useEditing } from "../editing";
import { Part } from "../fields/Part";
import { actions } from "../texts";

export const SHORTEST = 10;
export const LONGEST = 200;

/** Name, description, whether it is on, and what a model makes of it. */
export function About({ stored }: { stored: boolean }) {
  const say = useTexts(actions);
  const { doc, set, locked, problem } = useEditing();
  return (
    <Stack maw={680}>
      <Basics />
      {stored && (
        <>
          <Group gap="xl">
            <Switch
              label={say(doc.enabled === false ? "off" : "on")}
              checked={doc.enabled !== false}
              onChange={event => set({ enabled: event.currentTarget.checked })}
              disabled={locked}
            />
            <Switch
              label={say("draft")}
              checked={doc.draft ?? false}
              onChange={event => set({ draft: event.currentTarget.checked })}
              disabled={locked}
            />
          </Group>
          {doc.enabled === false && (
            <TextInput
              aria-label={say("offNote")}
              description={say("offNote")}
              value={doc.disabled_reason ?? ""}
              onChange={event => set({ disabled_reason: event.currentTarget.value })}
              error={problem("disabled_reason")}
              disabled={locked}
            />
          )}
          <div>
            <Text fz="sm" fw={500}>
              {say("slug")}
            </Text>
            <CopyId id={doc.slug} />
            <Text fz="xs" c="dimmed">
              {say("slugHint")}
            </Text>
          </div>
          {!doc.draft && <AsFunction slug={doc.slug} />}
        </>
      )}
    </Stack>
  );
}

/** Name and description, with the characters counted while they are typed. */
export function Basics() {
  const say = useTexts(actions);
  const { doc, set, locked, problem } = useEditing();
  const count = [...(doc.description ?? "").trim()].length;
  const counted =
    count > LONGEST
      ? say("tooLong", { count: count - LONGEST })
      : count < SHORTEST && count > 0
        ? say("tooShort", { count: SHORTEST - count })
        : say("characters", { count });
  return (
    <Stack>
      <TextInput
        label={say("name")}
        value={doc.name}
        onChange={event => set({ name: event.currentTarget.value })}
        error={problem("name")}
        maxLength={100}
        disabled={locked}
        required
      />
      <div>
        <Textarea
          label={say("description")}
          description={say("descriptionHint")}
          placeholder={say("descriptionExample")}
          value={doc.description ?? ""}
          onChange={event => set({ description: event.currentTarget.value })}
          error={problem("description")}
          autosize
          minRows={2}
          disabled={locked}
          required={!doc.draft}
        />
        <Text
          fz="xs"
          c={count > LONGEST ? "red" : "dimmed"}
          ta="right"
          aria-live="polite"
          data-testid="description-count"
        >
          {counted}
        </Text>
      </div>
    </Stack>
  );
}

function AsFunction({ slug }: { slug: string }) {
  const say = useTexts(actions);
  const { data } = $api.useQuery("get", "/v1/actions/{slug}/function", { params: { path: { slug } } });
  if (!data) return null;
  return (
    <Part title={say("function")} hint={say("functionText")}>
      <Group>
        <Badge variant="default">{data.name}</Badge>
      </Group>
      <Value value={data.parameters} label="JSON Schema" />
    </Part>
  );
}

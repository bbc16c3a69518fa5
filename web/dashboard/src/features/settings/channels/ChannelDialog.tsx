import type { NewChannel, ShownChannel } from "@deskhand/contract";
import { Button, Group, Modal, NativeSelect, SimpleGrid, Stack, Switch, Text, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { $api } from "../../../api/client";
import { useTexts } from "../../../i18n/language";
import { ErrorNote } from "../../../ui/ErrorNote";
import { freeSlug } from "../../../ui/slugs";
import { channels } from "./texts";

/** Channels of Deskhand itself, whose names no other one can have. */
const OWN = ["api", "widget", "page", "openai"];

interface Props {
  /** Without it, a new one is made. */
  readonly of: ShownChannel | undefined;
  readonly taken: readonly string[];
  readonly made: (secret: string) => void;
  readonly close: () => void;
}

export function ChannelDialog({ of, taken, made, close }: Props) {
  const say = useTexts(channels);
  const queries = useQueryClient();
  const agents = $api.useQuery("get", "/v1/agents");
  const [channel, setChannel] = useState<NewChannel>(() => begun(of));
  const set = (change: Partial<NewChannel>) => setChannel(before => ({ ...before, ...change }));
  const saving = $api.useMutation("put", "/v1/channels/{slug}", {
    onSuccess: async data => {
      await queries.invalidateQueries({ queryKey: ["get", "/v1/channels"] });
      close();
      if (data.signing_secret) made(data.signing_secret);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const slug = of?.slug ?? freeSlug(channel.name, [...taken, ...OWN], "channel").slice(0, 40);
    saving.mutate({ params: { path: { slug } }, body: channel });
  };
  return (
    <Modal
      opened
      onClose={close}
      size="lg"
      title={<Text fw={650}>{of ? say("edit", { name: of.name }) : say("add")}</Text>}
    >
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            label={say("name")}
            placeholder={say("namePlaceholder")}
            value={channel.name}
            onChange={event => set({ name: event.currentTarget.value })}
            maxLength={100}
            required
            withAsterisk={false}
            data-autofocus
          />
          <TextInput
            label={say("url")}
            placeholder="https://"
            value={channel.url}
            onChange={event => set({ url: event.currentTarget.value })}
            required
            withAsterisk={false}
          />
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <NativeSelect
              label={say("agent")}
              value={channel.agent}
              onChange={event => set({ agent: event.currentTarget.value })}
              data={(agents.data?.items ?? [{ slug: channel.agent, name: channel.agent }]).map(one => ({
                value: one.slug,
                label: one.name,
              }))}
            />
            <TextInput
              label={say("language")}
              value={channel.language}
              onChange={event => set({ language: event.currentTarget.value })}
            />
            <NativeSelect
              label={say("medium")}
              value={channel.medium}
              onChange={event => set({ medium: event.currentTarget.value as NewChannel["medium"] })}
              data={(["web", "phone"] as const).map(value => ({ value, label: say(value) }))}
            />
            <NativeSelect
              label={say("direction")}
              value={channel.direction}
              onChange={event => set({ direction: event.currentTarget.value as NewChannel["direction"] })}
              data={(["inbound", "outbound"] as const).map(value => ({ value, label: say(value) }))}
            />
          </SimpleGrid>
          <TextInput
            label={say("region")}
            description={say("regionHint")}
            value={channel.region ?? ""}
            onChange={event => set({ region: event.currentTarget.value.toUpperCase() || null })}
            maxLength={2}
            w={160}
          />
          <Switch
            label={say("enabled")}
            description={of?.disabled_reason}
            checked={channel.enabled}
            onChange={event => set({ enabled: event.currentTarget.checked })}
          />
          {saving.error && <ErrorNote error={saving.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>
              {say("cancel")}
            </Button>
            <Button type="submit" loading={saving.isPending} disabled={!channel.name.trim() || !channel.url.trim()}>
              {say("save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function begun(of: ShownChannel | undefined): NewChannel {
  if (!of) {
    return { name: "", url: "", agent: "default", language: "en", medium: "web", direction: "inbound", enabled: true };
  }
  const { name, url, agent, language, region, medium, direction, enabled } = of;
  return { name, url, agent, language, region, medium, direction, enabled };
}

import type { NewWebhook, ShownWebhook } from "@deskhand/contract";
import { Button, Checkbox, Group, Modal, SimpleGrid, Stack, Switch, Text, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { $api } from "../../../api/client";
import { useTexts } from "../../../i18n/language";
import { ErrorNote } from "../../../ui/ErrorNote";
import { freeSlug } from "../../../ui/slugs";
import { webhooks } from "./texts";

const EVENTS = [
  "conversation.handed_over",
  "conversation.resolved",
  "run.completed",
  "run.escalated",
  "run.cancelled",
  "run.failed",
  "approval.requested",
  "approval.closed",
  "ticket.created",
  "lead.created",
  "action.refused",
] as const;

interface Props {
  /** Without it, a new one is made. */
  readonly of: ShownWebhook | undefined;
  readonly taken: readonly string[];
  readonly made: (secret: string) => void;
  readonly close: () => void;
}

export function WebhookDialog({ of, taken, made, close }: Props) {
  const say = useTexts(webhooks);
  const queries = useQueryClient();
  const [name, setName] = useState(of?.slug ?? "");
  const [hook, setHook] = useState<NewWebhook>(() =>
    of
      ? { url: of.url, events: of.events, description: of.description, enabled: of.enabled }
      : { url: "", events: ["run.completed"], description: "", enabled: true },
  );
  const set = (change: Partial<NewWebhook>) => setHook(before => ({ ...before, ...change }));
  const saving = $api.useMutation("put", "/v1/webhooks/{slug}", {
    onSuccess: async data => {
      await queries.invalidateQueries({ queryKey: ["get", "/v1/webhooks"] });
      close();
      if (data.signing_secret) made(data.signing_secret);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const slug = of?.slug ?? freeSlug(name, taken, "webhook");
    saving.mutate({ params: { path: { slug } }, body: hook });
  };
  return (
    <Modal
      opened
      onClose={close}
      size="lg"
      title={<Text fw={650}>{of ? say("edit", { name: of.slug }) : say("add")}</Text>}
    >
      <form onSubmit={submit}>
        <Stack>
          {!of && (
            <TextInput
              label={say("name")}
              value={name}
              onChange={event => setName(event.currentTarget.value)}
              required
              withAsterisk={false}
              data-autofocus
            />
          )}
          <TextInput
            label={say("url")}
            description={say("urlHint")}
            placeholder="https://"
            value={hook.url}
            onChange={event => set({ url: event.currentTarget.value })}
            required
            withAsterisk={false}
          />
          <Checkbox.Group
            label={say("events")}
            value={hook.events}
            onChange={events => set({ events: events as NewWebhook["events"] })}
          >
            <SimpleGrid cols={{ base: 1, xs: 2 }} spacing={6} mt={6}>
              {EVENTS.map(event => (
                <Checkbox key={event} value={event} label={event} />
              ))}
            </SimpleGrid>
          </Checkbox.Group>
          <TextInput
            label={say("description")}
            value={hook.description}
            onChange={event => set({ description: event.currentTarget.value })}
          />
          <Switch
            label={say("enabled")}
            description={of?.disabled_reason}
            checked={hook.enabled}
            onChange={event => set({ enabled: event.currentTarget.checked })}
          />
          {saving.error && <ErrorNote error={saving.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>
              {say("cancel")}
            </Button>
            <Button type="submit" loading={saving.isPending} disabled={!hook.url.trim() || hook.events.length === 0}>
              {say("save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

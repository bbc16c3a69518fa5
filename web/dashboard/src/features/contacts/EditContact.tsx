import type { ShownContact } from "@deskhand/contract";
import { ActionIcon, Button, Fieldset, Group, Modal, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { api } from "../../api/client";
import { useTexts } from "../../i18n/language";
import { ErrorNote } from "../../ui/ErrorNote";
import { useLeading } from "../../ui/place";
import { ui } from "../../ui/texts";
import { readValue } from "./csv";
import { contacts } from "./texts";

const FIELDS = [
  ["first_name", "firstName"],
  ["last_name", "lastName"],
  ["email", "email"],
  ["phone_number", "phone"],
] as const;
type FieldName = (typeof FIELDS)[number][0] | "external_id";
type Attributes = readonly (readonly [name: string, value: string])[];

interface Props {
  /** Without it, a new one is made. */
  readonly of?: ShownContact;
  readonly close: () => void;
}

/** Makes a contact, or changes what is known of one. */
export function EditContact({ of, close }: Props) {
  const say = useTexts(contacts);
  const shared = useTexts(ui);
  const [fields, setFields] = useState<Partial<Record<FieldName, string | null>>>(of ?? {});
  const [attributes, setAttributes] = useState<Attributes>(() => shown(of?.attributes ?? {}));
  const { save, busy, error } = useSaving(of, close);
  const set = (name: FieldName, value: string) => setFields(before => ({ ...before, [name]: value }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save(fields, attributes);
  };
  return (
    <Modal opened onClose={close} size="lg" title={<Text fw={650}>{say(of ? "edit" : "add")}</Text>}>
      <form onSubmit={submit}>
        <Stack>
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            {FIELDS.map(([name, label]) => (
              <TextInput
                key={name}
                label={say(label)}
                type={name === "email" ? "email" : name === "phone_number" ? "tel" : "text"}
                value={fields[name] ?? ""}
                onChange={event => set(name, event.currentTarget.value)}
              />
            ))}
          </SimpleGrid>
          <TextInput
            label={say("externalId")}
            description={say("externalHint")}
            value={fields.external_id ?? ""}
            onChange={event => set("external_id", event.currentTarget.value)}
          />
          <AttributeRows value={attributes} change={setAttributes} />
          {error !== null && <ErrorNote error={error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>
              {shared("cancel")}
            </Button>
            <Button type="submit" loading={busy}>
              {say("save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function AttributeRows({ value, change }: { value: Attributes; change: (value: Attributes) => void }) {
  const say = useTexts(contacts);
  const set = (at: number, row: Attributes[number]) => change(value.map((one, index) => (index === at ? row : one)));
  return (
    <Fieldset legend={say("attributes")} variant="unstyled">
      <Text fz="xs" c="dimmed" mb={6}>
        {say("attributeHint")}
      </Text>
      <Stack gap={6}>
        {value.map(([name, text], at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the name is being typed
          <Group key={at} gap={6} wrap="nowrap">
            <TextInput
              flex={1}
              aria-label={say("attribute")}
              placeholder={say("attribute")}
              value={name}
              onChange={event => set(at, [event.currentTarget.value, text])}
            />
            <TextInput
              flex={1}
              aria-label={say("value")}
              placeholder={say("value")}
              value={text}
              onChange={event => set(at, [name, event.currentTarget.value])}
            />
            <ActionIcon
              aria-label={say("removeAttribute", { name: name || say("attribute") })}
              onClick={() => change(value.filter((_, index) => index !== at))}
            >
              <IconX size={16} />
            </ActionIcon>
          </Group>
        ))}
        <div>
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconPlus size={14} />}
            onClick={() => change([...value, ["", ""]])}
          >
            {say("addAttribute")}
          </Button>
        </div>
      </Stack>
    </Fieldset>
  );
}

function useSaving(of: ShownContact | undefined, close: () => void) {
  const queries = useQueryClient();
  const lead = useLeading();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const save = async (fields: Partial<Record<FieldName, string | null>>, attributes: Attributes) => {
    setBusy(true);
    setError(null);
    try {
      const body = { ...given(fields), attributes: changed(of?.attributes ?? {}, attributes) } as never;
      const answer = of
        ? await api.PATCH("/v1/contacts/{id}", { params: { path: { id: of.id } }, body })
        : await api.POST("/v1/contacts", { body });
      await queries.invalidateQueries({ predicate: query => String(query.queryKey[1]).startsWith("/v1/contacts") });
      if (!of && answer.data) await lead(`/contacts/${answer.data.id}`);
      else close();
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return { save, busy, error };
}

function given(fields: Partial<Record<FieldName, string | null>>): Record<string, string | null> {
  const names: readonly FieldName[] = ["external_id", "first_name", "last_name", "email", "phone_number"];
  return Object.fromEntries(names.map(name => [name, fields[name]?.trim() || null]));
}

function shown(attributes: Readonly<Record<string, unknown>>): Attributes {
  return Object.entries(attributes).map(([name, value]) => [
    name,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
}

/** What to send: an attribute that is gone is null, one that was not touched keeps its type. */
function changed(before: Readonly<Record<string, unknown>>, now: Attributes): Record<string, unknown> {
  const texts = new Map(shown(before));
  const named = now.filter(([name]) => name.trim());
  const gone = Object.keys(before).filter(name => !named.some(([one]) => one === name));
  return Object.fromEntries([
    ...gone.map(name => [name, null] as const),
    ...named.map(([name, text]) => [name, texts.get(name) === text ? before[name] : readValue(text)] as const),
  ]);
}

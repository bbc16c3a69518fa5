import { Select, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { $api } from "../../../api/client";
import { useTexts } from "../../../i18n/language";
import type { Doc } from "../model";
import type { Samples } from "./Test";
import { tests } from "./testTexts";

/** Context values that can be typed; what belongs to the contact comes with the contact. */
const TYPED = [
  "message.content",
  "message.sentiment",
  "conversation.channel",
  "conversation.user_id",
  "lead.email",
  "lead.name",
  "direction",
  "medium",
] as const;

interface Props {
  readonly samples: Samples;
  readonly setSamples: (samples: Samples) => void;
}

/** Who the customer is, and what the conversation is like, in a test. */
export function ContextFields({ samples, setSamples }: Props) {
  const say = useTexts(tests);
  return (
    <Stack gap="sm">
      <ContactChoice chosen={samples.contact} choose={contact => setSamples({ ...samples, contact })} />
      <Text fz="xs" c="dimmed">
        {say("contextHint")}
      </Text>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xs">
        {TYPED.map(name => (
          <TextInput
            key={name}
            label={name}
            value={samples.context[name] ?? ""}
            onChange={event =>
              setSamples({ ...samples, context: { ...samples.context, [name]: event.currentTarget.value } })
            }
          />
        ))}
      </SimpleGrid>
    </Stack>
  );
}

interface ChoiceProps {
  readonly chosen: Samples["contact"];
  readonly choose: (contact: Samples["contact"]) => void;
}

function ContactChoice({ chosen, choose }: ChoiceProps) {
  const say = useTexts(tests);
  const [search, setSearch] = useState("");
  const [q] = useDebouncedValue(search, 250);
  const { data } = $api.useQuery("get", "/v1/contacts", { params: { query: { q, limit: 20 } } });
  const found = data?.items ?? [];
  const options = found.map(one => ({
    value: one.id,
    label: [one.first_name, one.last_name, one.email && `<${one.email}>`].filter(Boolean).join(" ") || one.id,
  }));
  const pick = (id: string | null) => {
    const one = found.find(contact => contact.id === id);
    choose(
      one
        ? {
            id: one.external_id ?? one.id,
            first_name: one.first_name,
            last_name: one.last_name,
            email: one.email,
            phone_number: one.phone_number,
            attributes: one.attributes,
          }
        : null,
    );
  };
  return (
    <Select
      label={say("contact")}
      description={say("contactHint", { example: "{{contact.email}}" })}
      placeholder={chosen ? String(chosen.email ?? chosen.id) : say("noContact")}
      data={options}
      onChange={pick}
      searchValue={search}
      onSearchChange={setSearch}
      nothingFoundMessage={say("contactEmpty")}
      filter={({ options: all }) => all}
      searchable
      clearable
    />
  );
}

/** What was typed as `message.content`, as the service takes it: `{message: {content}}`. */
export function context(typed: Readonly<Record<string, string>>): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const [path, value] of Object.entries(typed)) {
    if (!value) continue;
    const [first = "", second] = path.split(".");
    if (!second) found[first] = value;
    else found[first] = { ...(found[first] as object), [second]: value };
  }
  return found;
}

/** Whether the action asks for the contact or the conversation, so that these fields matter. */
export function usesContext(doc: Doc): boolean {
  return /\{\{\s*(contact|lead|message|conversation)\./.test(JSON.stringify(doc));
}

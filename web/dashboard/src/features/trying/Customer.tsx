/** Who the customer is when something is tried: nobody, a stored contact, or somebody made up. */

import type { Contact } from "@deskhand/contract";
import { Input, SegmentedControl, Select, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { $api } from "../../api/client";
import { useTexts } from "../../i18n/language";
import { sentence } from "../../ui/ErrorNote";
import { trying } from "./texts";
import { contactOf, labelOf } from "./who";

interface Props {
  readonly chosen: Contact | null;
  readonly choose: (contact: Contact | null) => void;
  /** What the customer is needed for. */
  readonly hint?: string;
}

const KINDS = ["nobody", "stored", "typed"] as const;
type Kind = (typeof KINDS)[number];

export function Customer({ chosen, choose, hint }: Props) {
  const say = useTexts(trying);
  const [kind, setKind] = useState<Kind>(chosen === null ? "nobody" : chosen.id ? "stored" : "typed");
  const change = (to: Kind) => {
    setKind(to);
    choose(null); // who was chosen in another way is not meant any more
  };
  return (
    <Stack gap={6}>
      <Input.Wrapper label={say("customer")} description={hint} labelElement="div">
        <SegmentedControl
          size="xs"
          fullWidth
          mt={4}
          aria-label={say("customer")}
          value={kind}
          onChange={to => change(to as Kind)}
          data={KINDS.map(one => ({ value: one, label: say(one) }))}
        />
      </Input.Wrapper>
      {kind === "nobody" && (
        <Text fz="xs" c="dimmed">
          {say("nobodyHint")}
        </Text>
      )}
      {kind === "stored" && <Stored chosen={chosen} choose={choose} />}
      {kind === "typed" && <Typed chosen={chosen} choose={choose} />}
    </Stack>
  );
}

/** One of the contacts that are stored. */
function Stored({ chosen, choose }: Props) {
  const say = useTexts(trying);
  const [typed, setTyped] = useState("");
  const [asked] = useDebouncedValue(typed, 250);
  const named = chosen && labelOf(chosen);
  const q = asked === named ? "" : asked; // what stands there once somebody is chosen was not typed
  const found = $api.useQuery("get", "/v1/contacts", { params: { query: { q, limit: 20 } } });
  const contacts = new Map((found.data?.items ?? []).map(contactOf).map(one => [one.id ?? "", one]));
  if (chosen?.id) contacts.set(chosen.id, chosen);
  return (
    <Select
      aria-label={say("contact")}
      placeholder={say("search")}
      data={[...contacts].map(([value, one]) => ({ value, label: labelOf(one) }))}
      value={chosen?.id ?? null}
      onChange={id => choose(contacts.get(id ?? "") ?? null)}
      onSearchChange={setTyped}
      nothingFoundMessage={found.isFetching ? undefined : say("none")}
      error={found.error && sentence(found.error)}
      filter={({ options }) => options}
      searchable
      clearable
    />
  );
}

/** Somebody who is in no list. */
function Typed({ chosen, choose }: Props) {
  const say = useTexts(trying);
  const put = (name: "email" | "first_name" | "last_name", text: string) => {
    const { attributes, email, first_name, last_name } = { attributes: {}, ...chosen };
    const now = { email, first_name, last_name, [name]: text || null };
    choose(now.email || now.first_name || now.last_name ? { attributes, ...now } : null);
  };
  const field = (name: "email" | "first_name" | "last_name", label: string) => (
    <TextInput
      size="xs"
      label={label}
      type={name === "email" ? "email" : "text"}
      value={chosen?.[name] ?? ""}
      maxLength={200}
      autoComplete="off"
      onChange={event => put(name, event.currentTarget.value)}
    />
  );
  return (
    <>
      {field("email", say("email"))}
      <SimpleGrid cols={2} spacing="xs">
        {field("first_name", say("firstName"))}
        {field("last_name", say("lastName"))}
      </SimpleGrid>
    </>
  );
}

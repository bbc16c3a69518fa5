/** Conversations and contacts for the palette: the server finds them while one types. */

import { useDebouncedValue } from "@mantine/hooks";
import { IconMessages, IconUsers } from "@tabler/icons-react";
import { useNavigate } from "react-router";
import { $api } from "../api/client";
import { nameOf } from "../features/contacts/names";
import { useTexts } from "../i18n/language";
import { Ago } from "../ui/time";
import type { Section } from "./matching";
import { shell } from "./texts";

/** Milliseconds from the last key to the question. */
const PAUSE = 250;
/** Characters that are worth a question, and that one can have. */
const LENGTH = { least: 2, most: 200 } as const;
/** How many of each are shown. */
const LIMIT = 5;

interface Found {
  readonly sections: readonly Section[];
  /** Whether more may be found. */
  readonly searching: boolean;
  readonly failed: boolean;
}

export function useCustomersFound(typed: string): Found {
  const say = useTexts(shell);
  const navigate = useNavigate();
  const wanted = typed.trim().slice(0, LENGTH.most);
  const [asked] = useDebouncedValue(wanted, PAUSE);
  const enough = wanted.length >= LENGTH.least;
  const current = wanted === asked;
  const enabled = enough && current;
  const conversations = $api.useQuery(
    "get",
    "/v1/conversations",
    { params: { query: { text: asked, limit: LIMIT } } },
    { enabled },
  );
  const contacts = $api.useQuery("get", "/v1/contacts", { params: { query: { q: asked, limit: LIMIT } } }, { enabled });
  // what was found for other words is no answer to these
  if (!enabled) return { sections: [], searching: enough, failed: false };
  const sections = [
    {
      title: say("conversations"),
      entries: (conversations.data?.items ?? []).map(({ id, digest, updated_at }) => ({
        id: `conversation ${id}`,
        label: digest.contact_name ?? digest.contact_email ?? say("unknownCustomer"),
        description: digest.first_text ?? undefined,
        icon: <IconMessages size={18} stroke={1.7} />,
        beside: <Ago at={digest.last_at ?? updated_at} />,
        run: () => void navigate(`/conversations/${id}`),
      })),
    },
    {
      title: say("contacts"),
      entries: (contacts.data?.items ?? []).map(contact => ({
        id: `contact ${contact.id}`,
        label: nameOf(contact) || contact.id,
        description: contact.email ?? contact.phone_number ?? contact.external_id ?? undefined,
        icon: <IconUsers size={18} stroke={1.7} />,
        run: () => void navigate(`/contacts/${contact.id}`),
      })),
    },
  ];
  return {
    sections: sections.filter(one => one.entries.length > 0),
    searching: conversations.isLoading || contacts.isLoading,
    failed: conversations.isError || contacts.isError,
  };
}

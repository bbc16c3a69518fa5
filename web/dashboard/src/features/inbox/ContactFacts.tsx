/** Who the customer is, as far as anybody said, and the conversations that they had before. */

import type { Conversation } from "@deskhand/contract";
import { Anchor, Badge, Group, Stack, Text } from "@mantine/core";
import { Link } from "react-router";
import { $api } from "../../api/client";
import { useLive } from "../../api/live";
import { useTexts } from "../../i18n/language";
import { Ago } from "../../ui/time";
import { Dim, Fact } from "./Details";
import classes from "./Inbox.module.css";
import { nameOf } from "./names";
import { inbox } from "./texts";

const KNOWN = [
  ["email", "email"],
  ["phone_number", "phone"],
  ["id", "customerId"],
] as const;

export function ContactFacts({ conversation }: { conversation: Conversation }) {
  const say = useTexts(inbox);
  const contact = conversation.contact ?? {};
  const attributes = Object.entries((contact.attributes ?? {}) as Record<string, unknown>);
  const name = nameOf(conversation);
  return (
    <Stack gap={6}>
      {name ? <Text fw={600}>{name}</Text> : <Dim>{say("noContact")}</Dim>}
      <dl className={classes.facts}>
        {KNOWN.map(([field, key]) =>
          typeof contact[field] === "string" ? (
            <Fact key={field} name={say(key)}>
              {contact[field]}
            </Fact>
          ) : null,
        )}
        {attributes.slice(0, 8).map(([attribute, value]) => (
          <Fact key={attribute} name={attribute}>
            {typeof value === "string" ? value : JSON.stringify(value)}
          </Fact>
        ))}
      </dl>
      <Left conversation={conversation.id} />
      {conversation.identity && <Badge color="green">{say("proved", { who: conversation.identity })}</Badge>}
      {search(contact) && <Before conversation={conversation} wanted={search(contact)} />}
    </Stack>
  );
}

/** What the customer left of themselves here, which proves nothing. */
function Left({ conversation }: { conversation: string }) {
  const say = useTexts(inbox);
  const { data } = $api.useQuery("get", "/v1/leads", { params: { query: { conversation, limit: 1 } } });
  useLive(["/v1/leads"], hint => hint.kind === "changed" && hint.body.conversation === conversation);
  const lead = data?.items[0];
  if (!lead) return null;
  return (
    <div>
      <dl className={classes.facts}>
        <Fact name={say("lead")}>{[lead.name, lead.email, lead.phone].filter(Boolean).join(" · ")}</Fact>
      </dl>
      <Anchor component={Link} to={`/leads/${lead.id}`} fz="sm">
        {say("openLead")}
      </Anchor>
    </div>
  );
}

/** What finds the contact in the register. */
function search(contact: Readonly<Record<string, unknown>>): string {
  for (const field of ["id", "email"]) if (typeof contact[field] === "string") return contact[field];
  return "";
}

function Before({ conversation, wanted }: { conversation: Conversation; wanted: string }) {
  const found = $api.useQuery("get", "/v1/contacts", { params: { query: { q: wanted, limit: 1 } } });
  const contact = found.data?.items[0];
  return contact ? <Earlier contact={contact.id} except={conversation.id} /> : null;
}

function Earlier({ contact, except }: { contact: string; except: string }) {
  const say = useTexts(inbox);
  const init = { params: { path: { id: contact }, query: { limit: 6 } } };
  const query = $api.useQuery("get", "/v1/contacts/{id}/conversations", init);
  const items = query.data?.items.filter(one => one.id !== except).slice(0, 5);
  return (
    <>
      <Anchor component={Link} to={`/contacts/${contact}`} fz="sm">
        {say("openContact")}
      </Anchor>
      {items && (
        <div>
          <h3 className={classes.title}>{say("previous")}</h3>
          {items.length === 0 && <Dim>{say("noPrevious")}</Dim>}
          <Stack gap={2}>
            {items.map(one => (
              <Group key={one.id} gap={6} justify="space-between" wrap="nowrap">
                <Anchor component={Link} to={`/conversations/${one.id}`} fz="sm">
                  <Ago at={one.created_at} />
                </Anchor>
                {one.status === "resolved" ? <Badge color="gray">{say("isResolved")}</Badge> : null}
              </Group>
            ))}
          </Stack>
        </div>
      )}
    </>
  );
}

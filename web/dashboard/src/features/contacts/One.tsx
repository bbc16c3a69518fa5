import type { Conversation, ShownContact } from "@deskhand/contract";
import { Anchor, Badge, Button, Group, SimpleGrid, Stack, Text } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { Link, useParams } from "react-router";
import { $api, api } from "../../api/client";
import { useMayBuild } from "../../app/session";
import { useTexts } from "../../i18n/language";
import { Card } from "../../ui/Card";
import { CopyId } from "../../ui/Copy";
import { Confirm } from "../../ui/confirm";
import { type Column, DataTable } from "../../ui/DataTable";
import { Facts } from "../../ui/Facts";
import { useFilters } from "../../ui/filters";
import { Loaded } from "../../ui/Loaded";
import { Page } from "../../ui/Page";
import { useLeading } from "../../ui/place";
import { Ago, At } from "../../ui/time";
import { TicketStatus } from "../tickets/marks";
import { EditContact } from "./EditContact";
import { InAudiences } from "./InAudiences";
import { nameOf } from "./names";
import { contacts } from "./texts";

/** One contact: what is known, and where they were. */
export default function One() {
  const { id = "" } = useParams();
  const say = useTexts(contacts);
  const builds = useMayBuild();
  const [{ do: doing }, change] = useFilters(["do"]);
  const query = $api.useQuery("get", "/v1/contacts/{id}", { params: { path: { id } } });
  const of = query.data;
  return (
    <Page
      title={of ? nameOf(of) || say("unnamed") : say("title")}
      trail={[["/contacts", say("title")]]}
      actions={
        of && (
          <>
            <Button leftSection={<IconPencil size={16} />} variant="default" onClick={() => change({ do: "edit" })}>
              {say("edit")}
            </Button>
            {builds && <Erase of={of} />}
          </>
        )
      }
    >
      <Loaded query={query}>
        {contact => (
          <>
            <SimpleGrid cols={{ base: 1, md: 2 }}>
              <Stack>
                <About of={contact} />
                <Attributes of={contact} />
              </Stack>
              <Stack>
                <InAudiences id={contact.id} />
                {contact.email && <Left email={contact.email} />}
              </Stack>
            </SimpleGrid>
            <Talks id={contact.id} />
            {doing === "edit" && <EditContact of={contact} close={() => change({ do: "" })} />}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Erase({ of }: { of: ShownContact }) {
  const say = useTexts(contacts);
  const queries = useQueryClient();
  const lead = useLeading();
  const [asked, setAsked] = useState(false);
  const run = async () => {
    await api.DELETE("/v1/contacts/{id}", { params: { path: { id: of.id } } });
    await lead("/contacts");
    await queries.invalidateQueries({ queryKey: ["get", "/v1/contacts"] });
  };
  return (
    <>
      <Button variant="subtle" color="red" onClick={() => setAsked(true)}>
        {say("erase")}
      </Button>
      <Confirm
        opened={asked}
        close={() => setAsked(false)}
        title={say("eraseTitle", { name: nameOf(of) || say("unnamed") })}
        action={say("erase")}
        danger
        run={run}
      >
        {say("eraseText")}
      </Confirm>
    </>
  );
}

function About({ of }: { of: ShownContact }) {
  const say = useTexts(contacts);
  return (
    <Card title={say("about")}>
      <Facts
        facts={[
          [say("firstName"), of.first_name],
          [say("lastName"), of.last_name],
          [
            say("email"),
            of.email && (
              <Anchor href={`mailto:${of.email}`} fz="sm">
                {of.email}
              </Anchor>
            ),
          ],
          [
            say("phone"),
            of.phone_number && (
              <Anchor href={`tel:${of.phone_number}`} fz="sm">
                {of.phone_number}
              </Anchor>
            ),
          ],
          [say("externalId"), of.external_id && <CopyId id={of.external_id} />],
          [say("id"), <CopyId key="id" id={of.id} />],
          [say("created"), <At key="created" at={of.created_at} />],
          [say("changed"), <Ago key="changed" at={of.updated_at} />],
          [say("seen"), of.last_seen_at ? <Ago key="seen" at={of.last_seen_at} /> : say("never")],
        ]}
      />
    </Card>
  );
}

function Attributes({ of }: { of: ShownContact }) {
  const say = useTexts(contacts);
  const known = Object.entries(of.attributes);
  return (
    <Card title={say("attributes")}>
      {known.length ? (
        <Facts
          facts={known.map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)])}
        />
      ) : (
        <Text fz="sm">{say("noAttributes")}</Text>
      )}
    </Card>
  );
}

function Left({ email }: { email: string }) {
  const say = useTexts(contacts);
  const tickets = $api.useQuery("get", "/v1/tickets", { params: { query: { email, limit: 5 } } });
  const leads = $api.useQuery("get", "/v1/leads", { params: { query: { email, limit: 5 } } });
  return (
    <>
      <Card title={say("tickets")}>
        <Loaded query={tickets}>
          {({ items }) => (
            <Links none={say("noTickets")}>
              {items.map(one => (
                <Group key={one.number} gap={6} wrap="nowrap">
                  <Anchor component={Link} to={`/tickets/${one.number}`} fz="sm" truncate>
                    #{one.number} {one.subject}
                  </Anchor>
                  <TicketStatus status={one.status} />
                </Group>
              ))}
            </Links>
          )}
        </Loaded>
      </Card>
      <Card title={say("leads")}>
        <Loaded query={leads}>
          {({ items }) => (
            <Links none={say("noLeads")}>
              {items.map(one => (
                <Group key={one.id} gap={6}>
                  <Anchor component={Link} to={`/leads/${one.id}`} fz="sm">
                    {one.company || one.name || one.email}
                  </Anchor>
                  <Text span fz="xs" c="dimmed">
                    <Ago at={one.at} />
                  </Text>
                </Group>
              ))}
            </Links>
          )}
        </Loaded>
      </Card>
    </>
  );
}

function Links({ none, children }: { none: string; children: readonly ReactNode[] }) {
  if (children.length === 0) return <Text fz="sm">{none}</Text>;
  return <Stack gap={6}>{children}</Stack>;
}

function Talks({ id }: { id: string }) {
  const say = useTexts(contacts);
  const query = $api.useQuery("get", "/v1/contacts/{id}/conversations", {
    params: { path: { id }, query: { limit: 20 } },
  });
  const columns: readonly Column<Conversation>[] = [
    { id: "at", title: say("openedAt"), cell: row => <Ago at={row.created_at} /> },
    {
      id: "status",
      title: say("status"),
      cell: row => <Badge color={row.status === "open" ? "blue" : "gray"}>{say(row.status)}</Badge>,
    },
    { id: "channel", title: say("channel"), cell: row => row.channel },
  ];
  return (
    <Card title={say("conversations")}>
      <Loaded query={query}>
        {({ items }) =>
          items.length ? (
            <DataTable
              label={say("conversations")}
              rows={items}
              columns={columns}
              id={row => row.id}
              to={row => `/conversations/${row.id}`}
            />
          ) : (
            <Text fz="sm">{say("noConversations")}</Text>
          )
        }
      </Loaded>
    </Card>
  );
}

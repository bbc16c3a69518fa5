import type { Ticket } from "@deskhand/contract";
import { Anchor, Button, Group, NativeSelect, SegmentedControl, SimpleGrid, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "react-router";
import { $api } from "../../api/client";
import { useMe } from "../../app/session";
import { useTexts } from "../../i18n/language";
import { Card } from "../../ui/Card";
import { CopyId } from "../../ui/Copy";
import { ErrorNote } from "../../ui/ErrorNote";
import { Facts } from "../../ui/Facts";
import { Loaded } from "../../ui/Loaded";
import { Page } from "../../ui/Page";
import { Ago, At } from "../../ui/time";
import { Priority, STATUSES, TicketStatus } from "./marks";
import { tickets } from "./texts";

/** One ticket: what it is about, how it stands, whose it is. */
export default function One() {
  const { number = "" } = useParams();
  const say = useTexts(tickets);
  const query = $api.useQuery("get", "/v1/tickets/{number}", { params: { path: { number: Number(number) || 0 } } });
  const name = say("name", { number: `#${number}` });
  return (
    <Page
      title={query.data?.subject || name}
      trail={[["/tickets", say("title")]]}
      lead={name}
      beside={
        query.data && (
          <>
            <TicketStatus status={query.data.status} />
            <Priority priority={query.data.priority} />
          </>
        )
      }
    >
      <Loaded query={query}>
        {ticket => (
          <SimpleGrid cols={{ base: 1, md: 2 }}>
            <Card title={say("description")}>
              <Text fz="sm" style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
                {ticket.description || say("noDescription")}
              </Text>
            </Card>
            <Stack>
              <Work ticket={ticket} />
              <About ticket={ticket} />
            </Stack>
          </SimpleGrid>
        )}
      </Loaded>
    </Page>
  );
}

function Work({ ticket }: { ticket: Ticket }) {
  const say = useTexts(tickets);
  const me = useMe();
  const queries = useQueryClient();
  const members = $api.useQuery("get", "/v1/members");
  const changing = $api.useMutation("patch", "/v1/tickets/{number}", {
    onSuccess: data => {
      const params = { path: { number: data.number } };
      queries.setQueryData(["get", "/v1/tickets/{number}", { params }], data);
      void queries.invalidateQueries({ queryKey: ["get", "/v1/tickets"] });
    },
  });
  const change = (body: Partial<Pick<Ticket, "status" | "assignee">>) =>
    changing.mutate({ params: { path: { number: ticket.number } }, body });
  // what was chosen stands there while it is being stored
  const shown = changing.isPending ? { ...ticket, ...changing.variables.body } : ticket;
  const status = shown.status ?? ticket.status;
  const assignee = shown.assignee;
  const known = (members.data?.items ?? []).map(one => ({ value: one.email, label: one.name }));
  const gone = assignee && !known.some(one => one.value === assignee);
  return (
    <Card title={say("status")}>
      <Stack>
        <SegmentedControl
          aria-label={say("change")}
          value={status}
          onChange={status => change({ status: status as Ticket["status"] })}
          data={STATUSES.map(value => ({ value, label: say(value) }))}
          disabled={changing.isPending}
        />
        <Group align="flex-end" gap="xs">
          <NativeSelect
            flex={1}
            label={say("assignee")}
            value={assignee ?? ""}
            onChange={event => change({ assignee: event.currentTarget.value || null })}
            data={[
              { value: "", label: say("someone") },
              ...known,
              ...(gone ? [{ value: assignee, label: assignee }] : []),
            ]}
          />
          {me.member && assignee !== me.member.email && (
            <Button variant="default" onClick={() => change({ assignee: me.member?.email ?? null })}>
              {say("take")}
            </Button>
          )}
        </Group>
        {changing.error && <ErrorNote error={changing.error} />}
      </Stack>
    </Card>
  );
}

function About({ ticket }: { ticket: Ticket }) {
  const say = useTexts(tickets);
  return (
    <Card title={say("about")}>
      <Facts
        facts={[
          [say("customer"), ticket.name],
          [
            say("email"),
            ticket.email && (
              <>
                <Anchor href={`mailto:${ticket.email}`} fz="sm">
                  {ticket.email}
                </Anchor>
                <Anchor component={Link} to={`/contacts?q=${encodeURIComponent(ticket.email)}`} fz="xs">
                  {say("contact")}
                </Anchor>
              </>
            ),
          ],
          [say("at"), <At key="at" at={ticket.at} />],
          [say("changed"), ticket.updated_at && <Ago at={ticket.updated_at} />],
          [
            say("conversation"),
            <Group key="conversation" gap="xs">
              <Anchor component={Link} to={`/conversations/${ticket.conversation}`} fz="sm">
                {say("openConversation")}
              </Anchor>
              <Anchor component={Link} to={`/conversations/${ticket.conversation}?run=${ticket.run}`} fz="sm">
                {say("openRun")}
              </Anchor>
            </Group>,
          ],
          [say("ticket"), <CopyId key="id" id={String(ticket.number)} />],
        ]}
      />
    </Card>
  );
}

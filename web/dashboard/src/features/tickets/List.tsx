import type { Ticket } from "@deskhand/contract";
import { Button, Group, NativeSelect, SegmentedControl, Text } from "@mantine/core";
import { IconTicket } from "@tabler/icons-react";
import { Link } from "react-router";
import { $api, api } from "../../api/client";
import { useLive } from "../../api/live";
import { useMe } from "../../app/session";
import { useTexts } from "../../i18n/language";
import { type Column, DataTable } from "../../ui/DataTable";
import { Download } from "../../ui/Download";
import { Empty } from "../../ui/Empty";
import { useFilters } from "../../ui/filters";
import { Loaded } from "../../ui/Loaded";
import { NoMatch } from "../../ui/NoMatch";
import { Page } from "../../ui/Page";
import { usePages } from "../../ui/pages";
import { Search } from "../../ui/Search";
import { Ago } from "../../ui/time";
import { PRIORITIES, Priority, STATUSES, TicketStatus } from "./marks";
import { tickets } from "./texts";

/** All tickets, found by words, status, priority and whose they are. */
export default function List() {
  const say = useTexts(tickets);
  const me = useMe();
  const [filters, change, clear] = useFilters(["q", "status", "priority", "assignee"]);
  const query = queryOf(filters);
  const list = usePages<Ticket>("/v1/tickets", query, (cursor, signal) =>
    api.GET("/v1/tickets", { params: { query: { ...query, cursor } }, signal }),
  );
  useLive(["/v1/tickets"]);
  const filtered = Object.values(filters).some(Boolean);
  const columns = useColumns();
  const search = new URLSearchParams(query as Record<string, string>).toString();
  return (
    <Page
      title={say("title")}
      lead={say("lead")}
      actions={<Download path={`/v1/tickets/export?${search}`} name="tickets.csv" label={say("export")} />}
    >
      <Group gap="sm" justify="space-between">
        <SegmentedControl
          aria-label={say("status")}
          value={filters.status || "all"}
          onChange={status => change({ status: status === "all" ? "" : status })}
          data={["all" as const, ...STATUSES].map(value => ({ value, label: say(value) }))}
        />
        <Group gap="sm">
          <NativeSelect
            aria-label={say("priority")}
            value={filters.priority}
            onChange={event => change({ priority: event.currentTarget.value })}
            data={[
              { value: "", label: say("anyPriority") },
              ...PRIORITIES.map(value => ({ value, label: say(value) })),
            ]}
          />
          {me.member && (
            <NativeSelect
              aria-label={say("assignee")}
              value={filters.assignee}
              onChange={event => change({ assignee: event.currentTarget.value })}
              data={[
                { value: "", label: say("anybody") },
                { value: me.member.email, label: say("mine") },
              ]}
            />
          )}
          <Search label={say("search")} value={filters.q} change={q => change({ q })} />
        </Group>
      </Group>
      <Loaded query={list}>
        {rows => {
          if (rows.length) {
            return (
              <DataTable
                label={say("title")}
                rows={rows}
                columns={columns}
                id={row => String(row.number)}
                to={row => `/tickets/${row.number}`}
                more={list.more}
                loadingMore={list.loadingMore}
              />
            );
          }
          return filtered ? <NoMatch clear={clear} /> : <None />;
        }}
      </Loaded>
    </Page>
  );
}

function queryOf({
  q,
  status,
  priority,
  assignee,
}: Readonly<Record<"q" | "status" | "priority" | "assignee", string>>) {
  const known = STATUSES.find(one => one === status);
  const wanted = PRIORITIES.find(one => one === priority);
  return {
    ...(q && { q }),
    ...(known && { status: known }),
    ...(wanted && { priority: wanted }),
    ...(assignee && { assignee }),
  };
}

function None() {
  const say = useTexts(tickets);
  return (
    <Empty
      icon={IconTicket}
      title={say("empty")}
      action={
        <Button component={Link} to="/procedures" variant="default">
          {say("toProcedures")}
        </Button>
      }
    >
      {say("emptyText")}
    </Empty>
  );
}

function useColumns(): readonly Column<Ticket>[] {
  const say = useTexts(tickets);
  const members = $api.useQuery("get", "/v1/members");
  const called = (email: string) => members.data?.items.find(one => one.email === email)?.name ?? email;
  return [
    { id: "subject", title: say("subject"), cell: row => `#${row.number} ${row.subject}` },
    { id: "status", title: say("status"), width: 110, cell: row => <TicketStatus status={row.status} /> },
    { id: "priority", title: say("priority"), width: 110, cell: row => <Priority priority={row.priority} /> },
    {
      id: "from",
      title: say("from"),
      cell: row => (
        <Text span fz="sm">
          {row.name || row.email || "–"}
        </Text>
      ),
    },
    {
      id: "assignee",
      title: say("assignee"),
      cell: row => (
        <Text span fz="sm" c={row.assignee ? undefined : "dimmed"}>
          {row.assignee ? called(row.assignee) : say("nobody")}
        </Text>
      ),
    },
    { id: "at", title: say("at"), width: 140, cell: row => <Ago at={row.at} /> },
  ];
}

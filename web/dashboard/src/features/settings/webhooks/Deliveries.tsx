import type { DeliveryRow } from "@deskhand/contract";
import { Badge, Button, Drawer, Group, NativeSelect, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { $api, api } from "../../../api/client";
import { useMayBuild } from "../../../app/session";
import { useTexts } from "../../../i18n/language";
import { Json } from "../../../ui/Code";
import { CopyId } from "../../../ui/Copy";
import { type Column, DataTable } from "../../../ui/DataTable";
import { ErrorNote } from "../../../ui/ErrorNote";
import { Facts } from "../../../ui/Facts";
import { useFilters } from "../../../ui/filters";
import { Loaded } from "../../../ui/Loaded";
import { usePages } from "../../../ui/pages";
import { Ago, At } from "../../../ui/time";
import { Section } from "../Section";
import { webhooks } from "./texts";

const STATUSES = ["pending", "delivered", "dead"] as const;
const COLOURS = { pending: "blue", delivered: "teal", dead: "red" } as const;

/** What was sent to webhooks and channels, and how it went. */
export function Deliveries() {
  const say = useTexts(webhooks);
  const [{ status, delivery }, change] = useFilters(["status", "delivery"]);
  const wanted = STATUSES.find(one => one === status);
  const query = wanted ? { status: wanted } : {};
  const list = usePages<DeliveryRow>("/v1/deliveries", query, (cursor, signal) =>
    api.GET("/v1/deliveries", { params: { query: { ...query, cursor, limit: 20 } }, signal }),
  );
  const columns: readonly Column<DeliveryRow>[] = [
    {
      id: "event",
      title: say("event"),
      cell: one => (
        <Button variant="subtle" size="compact-sm" px={4} onClick={() => change({ delivery: one.id })}>
          {one.event}
        </Button>
      ),
    },
    { id: "to", title: say("to"), cell: one => one.webhook },
    { id: "status", title: say("status"), cell: one => <Badge color={COLOURS[one.status]}>{say(one.status)}</Badge> },
    { id: "attempts", title: say("attempts"), align: "right", cell: one => one.attempts },
    { id: "answer", title: say("answer"), align: "right", cell: one => one.last_status ?? "–" },
    { id: "at", title: say("at"), width: 140, cell: one => <Ago at={one.created_at} /> },
  ];
  return (
    <Section
      title={say("deliveries")}
      lead={say("deliveriesLead")}
      actions={
        <NativeSelect
          aria-label={say("status")}
          value={status}
          onChange={event => change({ status: event.currentTarget.value })}
          data={[{ value: "", label: say("allStatus") }, ...STATUSES.map(value => ({ value, label: say(value) }))]}
        />
      }
    >
      <Loaded query={list}>
        {rows =>
          rows.length ? (
            <DataTable
              label={say("deliveries")}
              rows={rows}
              columns={columns}
              id={one => one.id}
              more={list.more}
              loadingMore={list.loadingMore}
            />
          ) : (
            <Text fz="sm">{say("noDeliveries")}</Text>
          )
        }
      </Loaded>
      {delivery && <One id={delivery} close={() => change({ delivery: "" })} />}
    </Section>
  );
}

function One({ id, close }: { id: string; close: () => void }) {
  const say = useTexts(webhooks);
  const query = $api.useQuery("get", "/v1/deliveries/{id}", { params: { path: { id } } });
  return (
    <Drawer opened onClose={close} position="right" size="lg" title={<Text fw={650}>{say("delivery")}</Text>}>
      <Loaded query={query}>{of => <Whole of={of} />}</Loaded>
    </Drawer>
  );
}

function Whole({ of }: { of: DeliveryRow }) {
  const say = useTexts(webhooks);
  const builds = useMayBuild();
  const queries = useQueryClient();
  const sending = $api.useMutation("post", "/v1/deliveries/{id}/resend", {
    onSuccess: () =>
      queries.invalidateQueries({ predicate: one => String(one.queryKey[1]).startsWith("/v1/deliveries") }),
  });
  return (
    <Stack>
      <Facts
        facts={[
          [say("event"), of.event],
          [say("to"), of.webhook],
          [
            say("status"),
            <Badge key="status" color={COLOURS[of.status]}>
              {say(of.status)}
            </Badge>,
          ],
          [say("attempts"), of.attempts],
          [say("answer"), of.last_status],
          [say("problem"), of.last_problem],
          [say("next"), of.status === "pending" && <Ago at={of.due_at} />],
          [say("at"), <At key="at" at={of.created_at} seconds />],
          [say("delivery"), <CopyId key="id" id={of.id} />],
        ]}
      />
      {builds && (
        <Group>
          <Button
            variant="default"
            loading={sending.isPending}
            onClick={() => sending.mutate({ params: { path: { id: of.id } } })}
          >
            {say("resend")}
          </Button>
          <Text fz="sm" role="status">
            {sending.isSuccess && say("resent")}
          </Text>
        </Group>
      )}
      {sending.error && <ErrorNote error={sending.error} />}
      <Text fz="sm" fw={600}>
        {say("body")}
      </Text>
      <Json value={of.body} label={say("body")} />
    </Stack>
  );
}

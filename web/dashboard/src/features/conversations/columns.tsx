import type { operations } from "@deskhand/contract";
import { Badge, Group, Text, Tooltip } from "@mantine/core";
import { IconFlask, IconThumbDown, IconThumbUp } from "@tabler/icons-react";
import { memo, useMemo } from "react";
import { $api } from "../../api/client";
import { useTexts } from "../../i18n/language";
import type { Column } from "../../ui/DataTable";
import { Ago } from "../../ui/time";
import classes from "./Conversations.module.css";
import { conversations } from "./texts";

export type Row = operations["list_conversations"]["responses"][200]["content"]["application/json"]["items"][number];

const MOST_SHOWN = 2;

/** What the list shows of a conversation. */
export function useColumns(): readonly Column<Row>[] {
  const say = useTexts(conversations);
  const known = $api.useQuery("get", "/v1/procedures", {}, { staleTime: 60_000 });
  const names = useMemo(() => new Map((known.data?.items ?? []).map(one => [one.slug, one.name])), [known.data]);
  return useMemo(
    () => [
      { id: "customer", title: say("customer"), width: "29%", cell: row => <Customer row={row} /> },
      { id: "last", title: say("last"), width: "24%", wide: true, cell: row => <Last row={row} /> },
      { id: "ran", title: say("ran"), width: "18%", cell: row => <Ran row={row} names={names} /> },
      { id: "state", title: say("state"), cell: row => <State row={row} /> },
      { id: "activity", title: say("activity"), width: 130, cell: row => <Activity at={row.updated_at} /> },
    ],
    [say, names],
  );
}

// rows that did not change are not drawn anew when more of them come
const Activity = memo(Ago);

const Customer = memo(({ row }: { row: Row }) => {
  const say = useTexts(conversations);
  const { contact_name, contact_email, first_text, test } = row.digest;
  return (
    <div className={classes.customer}>
      <Group gap={6} wrap="nowrap">
        <span className={classes.line}>{contact_name ?? contact_email ?? say("visitor")}</span>
        {test && <IconFlask size={14} aria-label={say("test")} />}
        <Text span fz="xs" c="dimmed">
          {row.channel}
        </Text>
      </Group>
      <Text fz="sm" fw={400} c="dimmed" className={classes.line}>
        {first_text ?? say("noWords")}
      </Text>
    </div>
  );
});
Customer.displayName = "Customer";

const Last = memo(({ row }: { row: Row }) => {
  const say = useTexts(conversations);
  const { last_text, last_by } = row.digest;
  if (!last_text || !last_by) return null;
  return (
    <div className={classes.two}>
      <Text span fz="xs" c="dimmed">
        {say(`by_${last_by}`)}:{" "}
      </Text>
      {last_text}
    </div>
  );
});
Last.displayName = "Last";

const Ran = memo(({ row, names }: { row: Row; names: ReadonlyMap<string, string> }) => {
  const say = useTexts(conversations);
  const name = (slug: string) => names.get(slug) ?? slug.replace(/^action:/, "");
  const { procedures } = row.digest;
  const rest = procedures.slice(MOST_SHOWN);
  return (
    <Group gap={4}>
      {procedures.slice(0, MOST_SHOWN).map(slug => (
        <Badge key={slug} color="desk">
          {name(slug)}
        </Badge>
      ))}
      {rest.length > 0 && (
        <Tooltip label={rest.map(name).join(", ")}>
          <Badge color="gray">{say("more", { count: rest.length })}</Badge>
        </Tooltip>
      )}
    </Group>
  );
});
Ran.displayName = "Ran";

const State = memo(({ row }: { row: Row }) => {
  const say = useTexts(conversations);
  const { waiting, reaction, escalated, unanswered } = row.digest;
  return (
    <Group gap={4}>
      {row.status === "resolved" && <Badge color="gray">{say("resolved")}</Badge>}
      {waiting && waiting !== "customer" && (
        <Badge color={waiting === "call" ? "blue" : "orange"}>{say(`waiting_${waiting}`)}</Badge>
      )}
      {escalated && <Badge color="red">{say("escalated")}</Badge>}
      {unanswered > 0 && <Badge color="yellow">{say("unanswered", { count: unanswered })}</Badge>}
      {reaction === "positive" && (
        <Badge color="teal" leftSection={<IconThumbUp size={12} />}>
          {say("positive")}
        </Badge>
      )}
      {reaction === "negative" && (
        <Badge color="red" leftSection={<IconThumbDown size={12} />}>
          {say("negative")}
        </Badge>
      )}
      {row.tags.map(tag => (
        <Badge key={tag} variant="outline" color="gray">
          {tag}
        </Badge>
      ))}
    </Group>
  );
});
State.displayName = "State";

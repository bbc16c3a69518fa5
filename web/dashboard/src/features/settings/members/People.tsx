import type { Colleague } from "@deskhand/contract";
import { Avatar, Badge, Button, Group, Text, TextInput, Tooltip } from "@mantine/core";
import { IconSearch, IconUsers } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useMayBuild, useMe } from "../../../app/session";
import { shell } from "../../../app/texts";
import { useTexts } from "../../../i18n/language";
import { type Column, DataTable } from "../../../ui/DataTable";
import { Empty } from "../../../ui/Empty";
import { useFilters } from "../../../ui/filters";
import { Ago } from "../../../ui/time";
import { RemoveMember } from "./RemoveMember";
import { RoleSelect } from "./RoleSelect";
import { members } from "./texts";

const AT_ONCE = 100;
const WORTH_SEARCHING = 8;

/** Everybody who belongs to the workspace. */
export function People({ items, action }: { items: readonly Colleague[]; action: ReactNode }) {
  const say = useTexts(members);
  const [{ q }, setFilters] = useFilters(["q"]);
  const [shown, setShown] = useState(AT_ONCE);
  const [leaving, setLeaving] = useState<Colleague | null>(null);
  const columns = useColumns(setLeaving);
  const wanted = q.trim().toLowerCase();
  const found = items.filter(one => `${one.name}\n${one.email}`.toLowerCase().includes(wanted));
  if (items.length === 0) {
    return (
      <Empty icon={IconUsers} title={say("empty")} action={action}>
        {say("emptyText")}
      </Empty>
    );
  }
  return (
    <>
      {(items.length >= WORTH_SEARCHING || q) && (
        <TextInput
          value={q}
          onChange={event => setFilters({ q: event.currentTarget.value })}
          placeholder={say("search")}
          aria-label={say("search")}
          leftSection={<IconSearch size={16} />}
          maw={360}
        />
      )}
      {found.length ? (
        <DataTable
          label={say("title")}
          rows={found.slice(0, shown)}
          columns={columns}
          id={one => one.id}
          more={found.length > shown ? () => setShown(shown + AT_ONCE) : undefined}
        />
      ) : (
        <Empty icon={IconUsers} title={say("nobody")}>
          {say("nobodyText")}
        </Empty>
      )}
      {leaving && <RemoveMember of={leaving} close={() => setLeaving(null)} />}
    </>
  );
}

function useColumns(remove: (member: Colleague) => void): readonly Column<Colleague>[] {
  const say = useTexts(members);
  const shared = useTexts(shell);
  const builds = useMayBuild();
  const me = useMe();
  const columns: readonly Column<Colleague>[] = [
    { id: "person", title: say("person"), cell: one => <Person of={one} /> },
    {
      id: "role",
      title: say("role"),
      width: 150,
      cell: one => (builds ? <RoleSelect of={one} /> : shared(one.role)),
    },
    { id: "since", title: say("since"), width: 140, cell: one => <Ago at={one.created_at} /> },
  ];
  if (!builds) return columns;
  const button = (one: Colleague) => {
    const refused = one.role === "owner" && me.role !== "owner";
    return (
      <Tooltip label={say("ownersOnly")} disabled={!refused}>
        <Button
          size="compact-sm"
          variant="subtle"
          color="red"
          aria-label={say("removeNamed", { name: one.name })}
          disabled={refused}
          onClick={() => remove(one)}
        >
          {say("remove")}
        </Button>
      </Tooltip>
    );
  };
  return [...columns, { id: "remove", title: "", width: 110, align: "right", cell: button }];
}

function Person({ of }: { of: Colleague }) {
  const say = useTexts(members);
  return (
    <Group gap={10} wrap="nowrap">
      <Avatar name={of.name} color="initials" size={30} radius="xl" />
      <div style={{ minWidth: 0 }}>
        <Group gap={6} wrap="nowrap">
          <Text fz="sm" fw={550} truncate>
            {of.name}
          </Text>
          {of.you && <Badge size="sm">{say("you")}</Badge>}
        </Group>
        <Text fz="xs" c="dimmed" truncate>
          {of.email}
        </Text>
      </div>
    </Group>
  );
}

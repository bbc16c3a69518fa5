/** Settings, API keys: make one, which is shown once; revoke one. */

import type { ApiKey } from "@deskhand/contract";
import { Badge, Button, Switch, Text, Tooltip } from "@mantine/core";
import { IconKey, IconPlus } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { $api, api } from "../../../api/client";
import { useMe } from "../../../app/session";
import { shell } from "../../../app/texts";
import { useTexts } from "../../../i18n/language";
import { Confirm } from "../../../ui/confirm";
import { type Column, DataTable } from "../../../ui/DataTable";
import { Empty } from "../../../ui/Empty";
import { useFilters } from "../../../ui/filters";
import { Loaded } from "../../../ui/Loaded";
import { Ago } from "../../../ui/time";
import { Section } from "../Section";
import { MakeKey } from "./MakeKey";
import { keys } from "./texts";

export default function Keys() {
  const say = useTexts(keys);
  const query = $api.useQuery("get", "/v1/keys");
  const [making, setMaking] = useState(false);
  const make = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setMaking(true)}>
      {say("make")}
    </Button>
  );
  return (
    <Section title={say("title")} lead={say("lead")} actions={make}>
      <Loaded query={query}>{({ items }) => <KeyList items={items} make={() => setMaking(true)} />}</Loaded>
      {making && <MakeKey close={() => setMaking(false)} />}
    </Section>
  );
}

function KeyList({ items, make }: { items: readonly ApiKey[]; make: () => void }) {
  const say = useTexts(keys);
  const [{ revoked }, setFilters] = useFilters(["revoked"]);
  const [ending, setEnding] = useState<ApiKey | null>(null);
  const columns = useColumns(setEnding);
  const rows = items.filter(one => revoked || !one.revoked_at).toReversed();
  if (items.length === 0) {
    return (
      <Empty icon={IconKey} title={say("empty")} action={<Button onClick={make}>{say("make")}</Button>}>
        {say("emptyText")}
      </Empty>
    );
  }
  return (
    <>
      {items.some(one => one.revoked_at) && (
        <Switch
          label={say("showRevoked")}
          checked={Boolean(revoked)}
          onChange={event => setFilters({ revoked: event.currentTarget.checked ? "1" : "" })}
        />
      )}
      {rows.length ? (
        <DataTable label={say("title")} rows={rows} columns={columns} id={one => one.id} />
      ) : (
        <Empty icon={IconKey} title={say("noneActive")}>
          {say("noneActiveText")}
        </Empty>
      )}
      {ending && <Revoke of={ending} close={() => setEnding(null)} />}
    </>
  );
}

function useColumns(revoke: (key: ApiKey) => void): readonly Column<ApiKey>[] {
  const say = useTexts(keys);
  const shared = useTexts(shell);
  const me = useMe();
  const end = (one: ApiKey) => {
    const refused = one.role === "owner" && me.role !== "owner";
    return (
      <Tooltip label={say("ownersOnly")} disabled={!refused}>
        <Button
          size="compact-sm"
          variant="subtle"
          color="red"
          aria-label={say("revokeNamed", { name: one.name })}
          onClick={() => revoke(one)}
          data-disabled={refused || undefined}
          disabled={refused}
        >
          {say("revoke")}
        </Button>
      </Tooltip>
    );
  };
  return [
    {
      id: "name",
      title: say("name"),
      cell: one => (
        <Text span fw={550} fz="sm">
          {one.name}
        </Text>
      ),
    },
    { id: "role", title: say("role"), cell: one => shared(one.role) },
    { id: "maker", title: say("maker"), cell: one => <Maker of={one} /> },
    { id: "created", title: say("created"), cell: one => <Ago at={one.created_at} /> },
    {
      id: "state",
      title: say("state"),
      cell: one =>
        one.revoked_at ? <Badge color="gray">{say("revoked")}</Badge> : <Badge color="teal">{say("active")}</Badge>,
    },
    { id: "end", title: "", align: "right", cell: one => (one.revoked_at ? null : end(one)) },
  ];
}

function Maker({ of }: { of: ApiKey }) {
  const say = useTexts(keys);
  const { data } = $api.useQuery("get", "/v1/members");
  const maker = data?.items.find(one => one.id === of.made_by);
  if (!maker) {
    return (
      <Text span fz="sm" c="dimmed">
        {data ? say("nobody") : ""}
      </Text>
    );
  }
  return (
    <Tooltip label={say("makerHint")} events={{ hover: true, focus: true, touch: true }}>
      <Text span fz="sm">
        {maker.name}
      </Text>
    </Tooltip>
  );
}

function Revoke({ of, close }: { of: ApiKey; close: () => void }) {
  const say = useTexts(keys);
  const queries = useQueryClient();
  const run = async () => {
    await api.DELETE("/v1/keys/{id}", { params: { path: { id: of.id } } });
    await queries.invalidateQueries({ queryKey: ["get", "/v1/keys"] });
  };
  return (
    <Confirm opened close={close} title={say("revokeTitle", { name: of.name })} action={say("revoke")} danger run={run}>
      {say("revokeText")}
    </Confirm>
  );
}

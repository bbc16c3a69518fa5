import type { ShownSource } from "@deskhand/contract";
import { Badge, Button, Text, Tooltip } from "@mantine/core";
import { IconBook2 } from "@tabler/icons-react";
import { Link } from "react-router";
import { $api } from "../../api/client";
import { useMayBuild } from "../../app/session";
import { useTexts } from "../../i18n/language";
import { type Column, DataTable } from "../../ui/DataTable";
import { Empty } from "../../ui/Empty";
import { Loaded } from "../../ui/Loaded";
import { useSlices } from "../../ui/slices";
import { Ago } from "../../ui/time";
import { knowledge } from "./texts";

/** Milliseconds after which a list that shows a page being fetched is looked at again. */
const SOON = 2_000;

/** All sources, with how they are. */
export function SourceList() {
  const query = $api.useQuery("get", "/v1/sources", undefined, {
    refetchInterval: ({ state }) => (state.data?.items.some(one => one.state === "fetching") ? SOON : false),
  });
  return <Loaded query={query}>{({ items }) => <Rows items={items} />}</Loaded>;
}

function Rows({ items }: { items: readonly ShownSource[] }) {
  const say = useTexts(knowledge);
  const builds = useMayBuild();
  const [shown, more] = useSlices(items, "");
  const columns = useColumns();
  if (items.length > 0) {
    return (
      <DataTable
        label={say("sources")}
        rows={shown}
        columns={columns}
        id={row => row.slug}
        to={row => `/knowledge/sources/${row.slug}`}
        more={more}
      />
    );
  }
  return (
    <Empty
      icon={IconBook2}
      title={say("empty")}
      action={
        builds && (
          <Button component={Link} to="/knowledge/sources/new">
            {say("add")}
          </Button>
        )
      }
    >
      {say("emptyText")}
    </Empty>
  );
}

function useColumns(): readonly Column<ShownSource>[] {
  const say = useTexts(knowledge);
  return [
    { id: "name", title: say("name"), cell: row => row.name },
    { id: "kind", title: say("kind"), cell: row => say(row.kind) },
    { id: "state", title: say("state"), cell: row => <State of={row} /> },
    { id: "passages", title: say("passages"), align: "right", cell: row => row.passages },
    {
      id: "topics",
      title: say("topics"),
      cell: row => (
        <Text fz="sm" lineClamp={1}>
          {row.topics.join(", ") || "–"}
        </Text>
      ),
      wide: true,
    },
    {
      id: "read",
      title: say("read"),
      width: 140,
      cell: row => <Ago at={row.crawled_at ?? row.updated_at} />,
    },
  ];
}

const COLOURS = { ready: "teal", fetching: "blue", failed: "red" } as const;

export function State({ of }: { of: ShownSource }) {
  const say = useTexts(knowledge);
  if (!of.enabled) return <Badge color="gray">{say("off")}</Badge>;
  return (
    <Tooltip label={of.problem} disabled={!of.problem} multiline maw={320}>
      <Badge color={COLOURS[of.state]}>{say(of.state)}</Badge>
    </Tooltip>
  );
}

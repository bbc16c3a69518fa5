import { Alert, Button, Text } from "@mantine/core";
import { IconFilterOff, IconHourglass, IconMessages } from "@tabler/icons-react";
import { keepPreviousData } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { $api, api } from "../../api/client";
import { useLive } from "../../api/live";
import { useTexts } from "../../i18n/language";
import { DataTable } from "../../ui/DataTable";
import { Download } from "../../ui/Download";
import { Empty } from "../../ui/Empty";
import { Loaded } from "../../ui/Loaded";
import { Page } from "../../ui/Page";
import { usePages } from "../../ui/pages";
import { TalkButton } from "../../ui/TalkButton";
import { ui } from "../../ui/texts";
import { type Query, useAsked } from "./asked";
import { useColumns } from "./columns";
import { FilterBar } from "./FilterBar";
import { conversations } from "./texts";

const PATH = "/v1/conversations";
const AT_ONCE = 50;
/** Rows that are fetched anew whenever something changes; who has gone further down is reading. */
const MOST_LIVE = 200;

/** Every conversation, found by what it is about; the filters stand in the address. */
export default function Conversations() {
  const say = useTexts(conversations);
  const asked = useAsked();
  const { query } = asked;
  return (
    <Page
      title={say("title")}
      width="full"
      actions={<Download path={exportPath(query)} name="conversations.csv" label={say("export")} />}
    >
      <FilterBar {...asked} />
      <Count query={query} />
      <List query={query} set={asked.set} clear={asked.clear} />
    </Page>
  );
}

function exportPath(query: Query): string {
  const given = Object.entries(query).map(([name, value]) => [name, String(value)]);
  return `${PATH}/export?${new URLSearchParams(given)}`;
}

/** How many there are, told to whoever cannot see the list change. */
function Count({ query }: { query: Query }) {
  const say = useTexts(conversations);
  const found = $api.useQuery(
    "get",
    "/v1/conversations/count",
    { params: { query } },
    { placeholderData: keepPreviousData },
  );
  return (
    <Text fz="sm" c="dimmed" role="status" mih="1.4em">
      {found.data &&
        (found.data.capped ? say("foundMany", { most: found.data.count }) : say("found", { count: found.data.count }))}
    </Text>
  );
}

interface ListProps {
  readonly query: Query;
  readonly set: boolean;
  readonly clear: () => void;
}

function List({ query, set, clear }: ListProps) {
  const say = useTexts(conversations);
  const columns = useColumns();
  const catchingUp = useRef(false);
  const pages = usePages(PATH, query, async (cursor, signal) => {
    const answer = await api.GET(PATH, { params: { query: { ...query, cursor, limit: AT_ONCE } }, signal });
    catchingUp.current = answer.data?.catching_up ?? false;
    return answer;
  });
  const shown = pages.data?.length ?? 0;
  useLive([`${PATH}/count`], hint => hint.kind === "changed");
  useLive([PATH], hint => hint.kind === "changed" && shown <= MOST_LIVE);
  return (
    <Loaded query={pages}>
      {rows => (
        <>
          {catchingUp.current && (
            <Alert color="blue" icon={<IconHourglass size={18} />} py="xs">
              {say("catchingUp")}
            </Alert>
          )}
          {rows.length === 0 ? (
            <Nothing set={set} clear={clear} />
          ) : (
            <>
              <DataTable
                label={say("list")}
                rows={rows}
                columns={columns}
                id={row => row.id}
                to={row => `/conversations/${row.id}`}
                more={pages.more}
                loadingMore={pages.loadingMore}
              />
              <Reach more={pages.loadingMore ? undefined : pages.more} shown={rows.length} />
            </>
          )}
        </>
      )}
    </Loaded>
  );
}

/** Brings the next page when the end of the list comes near. */
function Reach({ more, shown }: { more: (() => void) | undefined; shown: number }) {
  const mark = useRef<HTMLDivElement>(null);
  const latest = useRef(more);
  latest.current = more;
  const ready = more !== undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a page that changes nothing else is looked at anew
  useEffect(() => {
    if (!ready || !mark.current) return;
    const watching = new IntersectionObserver(
      ([seen]) => {
        if (seen?.isIntersecting) latest.current?.();
      },
      { rootMargin: "600px" },
    );
    watching.observe(mark.current);
    return () => watching.disconnect();
  }, [ready, shown]);
  return <div ref={mark} />;
}

function Nothing({ set, clear }: { set: boolean; clear: () => void }) {
  const say = useTexts(conversations);
  const shared = useTexts(ui);
  if (set) {
    return (
      <Empty
        icon={IconFilterOff}
        title={shared("noneMatch")}
        action={
          <Button variant="default" onClick={clear}>
            {shared("clear")}
          </Button>
        }
      >
        {shared("noneMatchText")}
      </Empty>
    );
  }
  return (
    <Empty icon={IconMessages} title={say("none")} action={<TalkButton>{say("talk")}</TalkButton>}>
      {say("noneText")}
    </Empty>
  );
}

import { Badge, Button, Group, Tabs, Text, TextInput, VisuallyHidden } from "@mantine/core";
import { IconPlus, IconRoute, IconSearch } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import { $api } from "../../api/client";
import { useCommands } from "../../app/commands";
import { useMayBuild } from "../../app/session";
import { useShortcuts } from "../../app/shortcuts";
import { useLanguage, useTexts } from "../../i18n/language";
import { regional } from "../../i18n/texts";
import { type Column, DataTable } from "../../ui/DataTable";
import { Empty } from "../../ui/Empty";
import { useFilters } from "../../ui/filters";
import { Loaded } from "../../ui/Loaded";
import { Page } from "../../ui/Page";
import { useSlices } from "../../ui/slices";
import { ui } from "../../ui/texts";
import { Ago } from "../../ui/time";
import { Failure } from "./Failure";
import { isTab, type Listed, listed, matching, onTab, TABS, type Tab } from "./listing";
import { Differs, Marks, StatusBadge, Ways } from "./marks";
import { RowMenu } from "./RowMenu";
import { procedures as texts } from "./texts";

const CreateDialog = lazy(() => import("./create"));

/** All procedures, by status; a new one is made over the list. */
export default function List() {
  const say = useTexts(texts);
  const builds = useMayBuild();
  const [{ create }, change] = useFilters(["create"]);
  const procedures = $api.useQuery("get", "/v1/procedures");
  const reports = $api.useQuery("get", "/v1/reports/procedures");
  const make = (how = "type") => builds && change({ create: how });
  useShortcuts(say("title"), builds ? [{ key: "n", label: say("make"), run: make }] : []);
  useCommands(builds ? [{ id: "new-procedure", label: say("make"), run: make }] : []);
  const button = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => make()}>
      {say("make")}
    </Button>
  );
  return (
    <Page title={say("title")} lead={say("lead")} actions={builds && button}>
      <Failure />
      <Loaded query={procedures}>
        {({ items }) => <All rows={listed(items, reports.data?.items ?? [])} make={builds ? make : undefined} />}
      </Loaded>
      {builds && create && (
        <Suspense>
          <CreateDialog how={create} close={() => change({ create: "" })} choose={how => change({ create: how })} />
        </Suspense>
      )}
    </Page>
  );
}

interface AllProps {
  readonly rows: readonly Listed[];
  readonly make: ((how?: string) => void) | undefined;
}

function All({ rows, make }: AllProps) {
  const say = useTexts(texts);
  const shared = useTexts(ui);
  const [filters, change, clear] = useFilters(["status", "q"]);
  const tab: Tab = isTab(filters.status) ? filters.status : "all";
  const found = matching(onTab(rows, tab), filters.q);
  const [shown, more] = useSlices(found, `${tab} ${filters.q}`);
  const columns = useColumns(tab);
  if (rows.length === 0) {
    return (
      <Empty
        icon={IconRoute}
        title={say("empty")}
        action={
          make && (
            <Group justify="center" gap="xs">
              <Button onClick={() => make("template")}>{say("fromTemplate")}</Button>
              <Button variant="default" onClick={() => make("type")}>
                {say("make")}
              </Button>
            </Group>
          )
        }
      >
        {say("emptyText")}
      </Empty>
    );
  }
  return (
    <>
      <Group justify="space-between" gap="sm">
        <StatusTabs rows={rows} tab={tab} choose={status => change({ status: status === "all" ? "" : status })} />
        <TextInput
          type="search"
          w={{ base: "100%", sm: 300 }}
          placeholder={say("search")}
          aria-label={say("search")}
          leftSection={<IconSearch size={16} />}
          value={filters.q}
          onChange={event => change({ q: event.currentTarget.value })}
        />
      </Group>
      <VisuallyHidden role="status">{filters.q && say("shown", { count: found.length })}</VisuallyHidden>
      {found.length > 0 && (
        <DataTable
          label={say("title")}
          rows={shown}
          columns={columns}
          id={row => row.slug}
          to={row => `/procedures/${row.slug}`}
          more={more}
        />
      )}
      {found.length === 0 && filters.q && (
        <Empty
          icon={IconSearch}
          title={shared("noneMatch")}
          action={
            <Button variant="default" onClick={clear}>
              {shared("clear")}
            </Button>
          }
        >
          {shared("noneMatchText")}
        </Empty>
      )}
      {found.length === 0 && !filters.q && (
        <Empty icon={IconRoute} title={say("noneHere")}>
          {say("noneHereText")}
        </Empty>
      )}
    </>
  );
}

function StatusTabs({ rows, tab, choose }: { rows: readonly Listed[]; tab: Tab; choose: (tab: Tab) => void }) {
  const say = useTexts(texts);
  return (
    <Tabs value={tab} onChange={value => value && isTab(value) && choose(value)} variant="pills">
      <Tabs.List aria-label={say("status")}>
        {TABS.map(one => (
          <Tabs.Tab
            key={one}
            value={one}
            aria-controls={undefined}
            rightSection={
              <Badge size="sm" color={one === tab ? "desk" : "gray"} variant={one === tab ? "white" : "light"}>
                {onTab(rows, one).length}
              </Badge>
            }
          >
            {say(one === "draft" ? "drafts" : one)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
    </Tabs>
  );
}

function useColumns(tab: Tab): readonly Column<Listed>[] {
  const say = useTexts(texts);
  const builds = useMayBuild();
  const columns: Column<Listed>[] = [
    { id: "name", title: say("name"), cell: row => <span>{row.name}</span> },
    {
      id: "marks",
      title: say("status"),
      cell: row => (
        <Group gap={4}>
          {tab === "all" && <StatusBadge status={row.status} />}
          {row.differs && <Differs />}
          <Marks of={row} />
        </Group>
      ),
    },
    { id: "ways", title: say("comes"), cell: row => <Ways ways={row.ways} /> },
    {
      id: "version",
      title: say("version"),
      width: 90,
      cell: row => (row.active_version === null ? <Dim>–</Dim> : row.active_version),
    },
    {
      id: "ran",
      title: say("lastRun"),
      width: 130,
      cell: row => (row.figures ? <Ago at={row.figures.last_run_at} /> : <Dim>{say("never")}</Dim>),
    },
    { id: "completion", title: say("completion"), width: 110, align: "right", cell: row => <Completion row={row} /> },
  ];
  if (builds) columns.push({ id: "menu", title: "", width: 48, align: "right", cell: row => <RowMenu of={row} /> });
  return columns;
}

function Completion({ row }: { row: Listed }) {
  const say = useTexts(texts);
  const { language } = useLanguage();
  const { completion, runs } = row.figures ?? {};
  if (completion === null || completion === undefined) return <Dim>–</Dim>;
  const share = new Intl.NumberFormat(regional(language), { style: "percent", maximumFractionDigits: 0 }).format(
    completion,
  );
  return <span title={say("ofRuns", { count: runs ?? 0 })}>{share}</span>;
}

function Dim({ children }: { children: React.ReactNode }) {
  return (
    <Text span fz="sm" c="dimmed">
      {children}
    </Text>
  );
}

/** All actions: what they are, who may use them, how their calls go. */

import { Badge, Button, Group, NativeSelect, Stack, Text, TextInput, Tooltip } from "@mantine/core";
import { IconBolt, IconFileImport, IconPlug, IconPlus, IconSearch } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { Link } from "react-router";
import { $api } from "../../api/client";
import { useLive } from "../../api/live";
import { useMayBuild, useMe } from "../../app/session";
import { useLanguage, useTexts } from "../../i18n/language";
import { type Column, DataTable } from "../../ui/DataTable";
import { Empty } from "../../ui/Empty";
import { useFilters } from "../../ui/filters";
import { Loaded } from "../../ui/Loaded";
import { Page } from "../../ui/Page";
import { ui } from "../../ui/texts";
import { KIND_ICONS } from "./icons";
import { connectionOf, type Doc, docOf, KINDS, requestOf } from "./model";
import { Resume } from "./Resume";
import { Templates } from "./Templates";
import { actions } from "./texts";

const AT_ONCE = 200;

interface Row {
  readonly doc: Doc;
  readonly agents: readonly string[];
  readonly calls: number;
  readonly errorRate: number;
}

export function ActionList() {
  const say = useTexts(actions);
  const builds = useMayBuild();
  const workspace = useMe().workspace.id;
  const query = $api.useQuery("get", "/v1/actions");
  const [{ templates }, set] = useFilters(["templates"]);
  useLive(["/v1/reports/calls"]);
  const head = (
    <>
      <Button variant="default" component={Link} to="/settings/connections" leftSection={<IconPlug size={16} />}>
        {say("connections")}
      </Button>
      {builds && (
        <>
          <Button variant="default" onClick={() => set({ templates: "1" })}>
            {say("fromTemplate")}
          </Button>
          <Button variant="default" component={Link} to="/actions/import" leftSection={<IconFileImport size={16} />}>
            {say("import")}
          </Button>
          <Button component={Link} to="/actions/new" leftSection={<IconPlus size={16} />}>
            {say("create")}
          </Button>
        </>
      )}
    </>
  );
  return (
    <Page title={say("title")} lead={say("lead")} actions={head}>
      {builds && <Resume workspace={workspace} />}
      <Loaded query={query}>
        {({ items }) => (items.length ? <Filtered shown={items} /> : <Nothing builds={builds} />)}
      </Loaded>
      {templates && <Templates close={() => set({ templates: "" })} />}
    </Page>
  );
}

function Filtered({ shown }: { shown: readonly unknown[] }) {
  const say = useTexts(actions);
  const shared = useTexts(ui);
  const [{ q, kind }, set, clear] = useFilters(["q", "kind"]);
  const [most, setMost] = useState(AT_ONCE);
  const rows = useRows(shown);
  const columns = useColumns();
  const found = rows.filter(row => (!kind || row.doc.kind === kind) && matches(row.doc, q));
  return (
    <Stack>
      <Group gap="xs">
        <TextInput
          aria-label={say("search")}
          placeholder={say("search")}
          leftSection={<IconSearch size={16} />}
          value={q}
          onChange={event => set({ q: event.currentTarget.value })}
          flex="1 1 260px"
          maw={420}
        />
        <NativeSelect
          aria-label={say("kind")}
          data={[{ value: "", label: say("allKinds") }, ...KINDS.map(one => ({ value: one, label: say(one) }))]}
          value={kind}
          onChange={event => set({ kind: event.currentTarget.value })}
        />
      </Group>
      {found.length ? (
        <DataTable
          label={say("title")}
          rows={found.slice(0, most)}
          columns={columns}
          id={row => row.doc.slug}
          to={row => `/actions/${row.doc.slug}`}
          more={found.length > most ? () => setMost(most + AT_ONCE) : undefined}
        />
      ) : (
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
    </Stack>
  );
}

function useRows(shown: readonly unknown[]): readonly Row[] {
  const { data: agents } = $api.useQuery("get", "/v1/agents");
  const { data: calls } = $api.useQuery("get", "/v1/reports/calls");
  return useMemo(() => {
    const byAction = new Map((calls?.actions ?? []).map(one => [one.action, one]));
    const users = new Map<string, string[]>();
    for (const agent of agents?.items ?? []) {
      for (const slug of agent.actions) users.set(slug, [...(users.get(slug) ?? []), agent.name]);
    }
    return shown
      .map(docOf)
      .map(doc => ({
        doc,
        agents: users.get(doc.slug) ?? [],
        calls: byAction.get(doc.slug)?.count ?? 0,
        errorRate: byAction.get(doc.slug)?.error_rate ?? 0,
      }))
      .sort((one, other) => one.doc.name.localeCompare(other.doc.name));
  }, [shown, agents, calls]);
}

function useColumns(): readonly Column<Row>[] {
  const say = useTexts(actions);
  const { language } = useLanguage();
  const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1 });
  return [
    { id: "name", title: say("name"), cell: row => <Name doc={row.doc} /> },
    { id: "kind", title: say("kind"), width: 150, cell: row => <Kind doc={row.doc} /> },
    {
      id: "connection",
      title: say("connection"),
      width: 150,
      cell: row => connectionOf(row.doc) ?? <Dim>–</Dim>,
    },
    {
      id: "agents",
      title: say("agents"),
      width: 150,
      cell: row => (row.agents.length ? row.agents.join(", ") : <Dim>{say("noAgents")}</Dim>),
    },
    {
      id: "calls",
      title: say("calls"),
      width: 150,
      align: "right",
      cell: row => (
        <>
          {row.calls || <Dim>{say("noCalls")}</Dim>}
          {row.errorRate > 0 && (
            <Text fz="xs" c="red">
              {say("errors", { rate: percent.format(row.errorRate) })}
            </Text>
          )}
        </>
      ),
    },
  ];
}

function Name({ doc }: { doc: Doc }) {
  const say = useTexts(actions);
  return (
    <>
      <Group gap={6}>
        <span>{doc.name}</span>
        {doc.draft && <Badge color="yellow">{say("draft")}</Badge>}
        {doc.enabled === false && (
          <Tooltip label={doc.disabled_reason || say("offNote")}>
            <Badge color="gray">{say("off")}</Badge>
          </Tooltip>
        )}
        {doc.irreversible && <Badge color="red">{say("irreversible")}</Badge>}
      </Group>
      <Text fz="xs" c="dimmed" lineClamp={1} fw={400}>
        {doc.description}
      </Text>
    </>
  );
}

function Kind({ doc }: { doc: Doc }) {
  const say = useTexts(actions);
  const Icon = KIND_ICONS[doc.kind];
  return (
    <Group gap={6} wrap="nowrap">
      <Icon size={16} stroke={1.7} aria-hidden />
      <span>{say(doc.kind)}</span>
    </Group>
  );
}

function Dim({ children }: { children: string }) {
  return (
    <Text span c="dimmed" fz="sm">
      {children}
    </Text>
  );
}

function Nothing({ builds }: { builds: boolean }) {
  const say = useTexts(actions);
  const ways = (
    <Group gap="xs" justify="center">
      <Button component={Link} to="/actions/import">
        {say("fromOpenApi")}
      </Button>
      <Button component={Link} to="/actions/import?from=curl" variant="default">
        {say("fromCurl")}
      </Button>
      <Button component={Link} to="/actions?templates=1" variant="default">
        {say("fromTemplate")}
      </Button>
      <Button component={Link} to="/actions/new" variant="default">
        {say("fromScratch")}
      </Button>
    </Group>
  );
  return (
    <Empty icon={IconBolt} title={say("empty")} action={builds && ways}>
      {say("emptyText")}
    </Empty>
  );
}

function matches(doc: Doc, q: string): boolean {
  const text = [doc.name, doc.slug, doc.description, requestOf(doc)?.url, doc.call?.tool].join(" ").toLowerCase();
  return q
    .toLowerCase()
    .split(/\s+/)
    .every(word => text.includes(word));
}

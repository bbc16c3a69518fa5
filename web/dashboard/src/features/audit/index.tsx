import type { operations } from "@deskhand/contract";
import { Anchor, Autocomplete, Button, Code, Collapse, Group, Text, TextInput, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconChevronDown, IconChevronRight, IconFilterOff, IconHistory } from "@tabler/icons-react";
import { useMemo } from "react";
import { Link } from "react-router";
import { $api, api } from "../../api/client";
import { leads } from "../../app/leads";
import { useTexts } from "../../i18n/language";
import { Copy } from "../../ui/Copy";
import { type Column, DataTable } from "../../ui/DataTable";
import { Download } from "../../ui/Download";
import { Empty } from "../../ui/Empty";
import { type Filters, useFilters } from "../../ui/filters";
import { Loaded } from "../../ui/Loaded";
import { Page } from "../../ui/Page";
import { PeriodSelect } from "../../ui/PeriodSelect";
import { usePages } from "../../ui/pages";
import { isPeriod, spanOf } from "../../ui/period";
import { ui } from "../../ui/texts";
import { At } from "../../ui/time";
import { useTyped } from "../../ui/typed";
import classes from "./Audit.module.css";
import { actionTexts, isAction } from "./actionTexts";
import { subjectPath } from "./subject";
import { audit } from "./texts";

const NAMES = ["actor", "action", "subject", "period", "since", "until"] as const;
type Name = (typeof NAMES)[number];
type Row = operations["list_audit"]["responses"][200]["content"]["application/json"]["items"][number];

/** How actions begin: what is offered while typing. */
// biome-ignore format: at a glance
const BEGINNINGS = [
  "action.", "agent.", "approval.", "approvals.", "audience.", "call_", "channel.", "connection.", "contact.",
  "contacts.", "conversation.", "create_", "invitation.", "key.", "lead.", "member.", "model.", "procedure.",
  "resolve", "run_script", "script.", "secret.", "send_email", "session.", "settings.", "source.", "tag", "ticket.",
  "topic.", "webhook.", "widget.",
];

/** Who or what did what, newest first. */
export default function Audit() {
  const say = useTexts(audit);
  const [filters, change, clear] = useFilters(NAMES);
  const query = useMemo(() => queryOf(filters), [filters]);
  const exported = (form: string) => `/v1/audit/export?${new URLSearchParams({ ...query, form })}`;
  return (
    <Page
      title={say("title")}
      lead={say("lead")}
      width="full"
      actions={
        <>
          <Download path={exported("csv")} name="audit.csv" label={say("csv")} />
          <Download path={exported("jsonl")} name="audit.jsonl" label={say("jsonl")} />
        </>
      }
    >
      <FilterBar filters={filters} change={change} clear={clear} />
      <List query={query} set={NAMES.some(name => filters[name] !== "")} clear={clear} />
    </Page>
  );
}

function queryOf({ actor, action, subject, period, since, until }: Filters<Name>): Readonly<Record<string, string>> {
  const plain = { actor, action, subject };
  return {
    ...Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== "")),
    ...(isPeriod(period) ? spanOf(period, since, until) : {}),
  };
}

interface FilterProps {
  readonly filters: Filters<Name>;
  readonly change: (changes: Partial<Filters<Name>>) => void;
  readonly clear: () => void;
}

function FilterBar({ filters, change, clear }: FilterProps) {
  const say = useTexts(audit);
  const [actor, typeActor] = useTyped(filters.actor, text => change({ actor: text.trim() }));
  const [action, typeAction] = useTyped(filters.action, text => change({ action: text.trim() }));
  const [subject, typeSubject] = useTyped(filters.subject, text => change({ subject: text.trim() }));
  return (
    <Group gap="sm" align="flex-end" className={classes.filters}>
      <TextInput
        label={say("actor")}
        placeholder={say("actorHint")}
        value={actor}
        onChange={event => typeActor(event.currentTarget.value)}
      />
      <Autocomplete
        label={say("action")}
        placeholder={say("actionHint")}
        data={BEGINNINGS}
        value={action}
        onChange={typeAction}
      />
      <TextInput
        label={say("subject")}
        placeholder={say("subjectHint")}
        value={subject}
        onChange={event => typeSubject(event.currentTarget.value)}
      />
      <PeriodSelect {...filters} change={change} />
      {NAMES.some(name => filters[name] !== "") && (
        <Button variant="subtle" onClick={clear}>
          {say("clear")}
        </Button>
      )}
    </Group>
  );
}

interface ListProps {
  readonly query: Readonly<Record<string, string>>;
  readonly set: boolean;
  readonly clear: () => void;
}

function List({ query, set, clear }: ListProps) {
  const say = useTexts(audit);
  const columns = useColumns();
  const pages = usePages("/v1/audit", query, (cursor, signal) =>
    api.GET("/v1/audit", { params: { query: { ...query, cursor, limit: 100 } }, signal }),
  );
  return (
    <Loaded query={pages}>
      {rows =>
        rows.length === 0 ? (
          <Nothing set={set} clear={clear} />
        ) : (
          <DataTable
            label={say("list")}
            rows={rows}
            columns={columns}
            id={row => row.id}
            more={pages.more}
            loadingMore={pages.loadingMore}
          />
        )
      }
    </Loaded>
  );
}

function useColumns(): readonly Column<Row>[] {
  const say = useTexts(audit);
  return useMemo(
    () => [
      { id: "when", title: say("when"), width: 190, cell: row => <At at={row.at} seconds /> },
      { id: "actor", title: say("actor"), width: 180, cell: row => <span className={classes.words}>{row.actor}</span> },
      {
        id: "action",
        title: say("action"),
        width: 230,
        cell: row => <What action={row.action} />,
      },
      { id: "subject", title: say("subject"), width: 300, cell: row => <Subject row={row} /> },
      { id: "details", title: say("details"), cell: row => <Details row={row} /> },
    ],
    [say],
  );
}

/** In words, with the code that the filter takes. */
function What({ action }: { action: string }) {
  const say = useTexts(actionTexts);
  const code = <Code className={classes.words}>{action}</Code>;
  if (!isAction(action)) return code;
  return (
    <>
      <div>{say(action)}</div>
      {code}
    </>
  );
}

function Subject({ row: { action, subject } }: { row: Row }) {
  const found = subjectPath(action, subject);
  const path = found && leads(found) ? found : undefined;
  const members = $api.useQuery("get", "/v1/members", {}, { staleTime: 60_000 });
  const name = members.data?.items.find(one => one.id === subject)?.name ?? subject;
  return (
    <Group gap={4} wrap="nowrap" className={classes.subject}>
      {path ? (
        <Anchor component={Link} to={path} fz="sm" className={classes.short} title={subject}>
          {name}
        </Anchor>
      ) : (
        <span className={classes.short} title={subject}>
          {name}
        </span>
      )}
      {subject && <Copy value={subject} />}
    </Group>
  );
}

/** What else the row tells: on one line, and whole when opened. */
function Details({ row }: { row: Row }) {
  const [opened, { toggle }] = useDisclosure(false);
  const told = Object.entries(row.body);
  if (told.length === 0) return null;
  return (
    <div>
      <UnstyledButton onClick={toggle} className={classes.toggle} aria-expanded={opened}>
        {opened ? (
          <IconChevronDown size={14} className={classes.chevron} aria-hidden />
        ) : (
          <IconChevronRight size={14} className={classes.chevron} aria-hidden />
        )}
        <Text span fz="xs" c="dimmed" className={classes.line}>
          {told
            .map(([name, value]) => `${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`)
            .join(" · ")}
        </Text>
      </UnstyledButton>
      <Collapse expanded={opened}>
        <Code block className={classes.words}>
          {JSON.stringify(row.body, null, 2)}
        </Code>
      </Collapse>
    </div>
  );
}

function Nothing({ set, clear }: { set: boolean; clear: () => void }) {
  const say = useTexts(audit);
  const shared = useTexts(ui);
  if (!set) {
    return (
      <Empty icon={IconHistory} title={say("none")}>
        {say("noneText")}
      </Empty>
    );
  }
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

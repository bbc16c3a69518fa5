import type { Execution } from "@deskhand/contract";
import {
  Anchor,
  Badge,
  Button,
  Drawer,
  Group,
  NativeSelect,
  Stack,
  Text,
  TextInput,
  UnstyledButton,
  VisuallyHidden,
} from "@mantine/core";
import { IconListDetails } from "@tabler/icons-react";
import { Link } from "react-router";
import { $api, api } from "../../../api/client";
import { useLive } from "../../../api/live";
import { useLanguage, useTexts } from "../../../i18n/language";
import { CopyId } from "../../../ui/Copy";
import { type Column, DataTable } from "../../../ui/DataTable";
import { Empty } from "../../../ui/Empty";
import { useFilters } from "../../../ui/filters";
import { Loaded } from "../../../ui/Loaded";
import { usePages } from "../../../ui/pages";
import { ui } from "../../../ui/texts";
import { Ago, duration, exact } from "../../../ui/time";
import { useEditing } from "../editing";
import { Exchange, OutcomeBadge } from "./Exchange";
import { tests } from "./testTexts";

const NAMES = ["status", "calls", "conversation", "since", "until", "call"] as const;
const STATUSES = ["succeeded", "failed", "unknown", "sent", "intended", "lapsed"] as const;
type Status = (typeof STATUSES)[number];

/** Every call of the action, newest first, with filters in the address; a new one appears by itself. */
export function Log() {
  const say = useTexts(tests);
  const { doc } = useEditing();
  const [filters, set, clear] = useFilters(NAMES);
  useLive(["/v1/executions"]);
  const query = {
    action: doc.slug,
    status: (filters.status || undefined) as Status | undefined,
    test: filters.calls ? filters.calls === "test" : undefined,
    conversation: filters.conversation || undefined,
    since: moment(filters.since),
    until: moment(filters.until),
  };
  const pages = usePages("/v1/executions", query, (cursor, signal) =>
    api.GET("/v1/executions", { params: { query: { ...query, cursor } }, signal }),
  );
  const filtered = NAMES.some(name => name !== "call" && filters[name]);
  return (
    <Stack>
      <LogFilters filters={filters} set={set} />
      <Loaded query={pages}>
        {rows =>
          rows.length ? (
            <Rows rows={rows} more={pages.more} loadingMore={pages.loadingMore} open={call => set({ call })} />
          ) : (
            <Nothing filtered={filtered} clear={clear} slug={doc.slug} />
          )
        }
      </Loaded>
      {filters.call && <Details id={filters.call} close={() => set({ call: "" })} />}
      <Text fz="xs" c="dimmed">
        {say("live")}
      </Text>
    </Stack>
  );
}

interface FilterProps {
  readonly filters: Readonly<Record<(typeof NAMES)[number], string>>;
  readonly set: (changes: Partial<Record<(typeof NAMES)[number], string>>) => void;
}

function LogFilters({ filters, set }: FilterProps) {
  const say = useTexts(tests);
  const labels: Readonly<Record<Status, string>> = {
    succeeded: say("succeeded"),
    failed: say("statusFailed"),
    unknown: say("unknown"),
    sent: say("sent"),
    intended: say("intended"),
    lapsed: say("lapsed"),
  };
  const when = (name: "since" | "until", label: string) => (
    <TextInput
      aria-label={label}
      leftSection={<Text fz="xs">{label}</Text>}
      leftSectionWidth={44}
      type="datetime-local"
      value={filters[name]}
      onChange={event => set({ [name]: event.currentTarget.value })}
    />
  );
  return (
    <Group gap="xs">
      <NativeSelect
        aria-label={say("status")}
        data={[{ value: "", label: say("anyStatus") }, ...STATUSES.map(one => ({ value: one, label: labels[one] }))]}
        value={filters.status}
        onChange={event => set({ status: event.currentTarget.value })}
      />
      <NativeSelect
        aria-label={say("kindOfCall")}
        data={[
          { value: "", label: say("all") },
          { value: "real", label: say("onlyReal") },
          { value: "test", label: say("onlyTests") },
        ]}
        value={filters.calls}
        onChange={event => set({ calls: event.currentTarget.value })}
      />
      <TextInput
        aria-label={say("conversationFilter")}
        placeholder={say("conversationFilter")}
        value={filters.conversation}
        onChange={event => set({ conversation: event.currentTarget.value.trim() })}
      />
      {when("since", say("from"))}
      {when("until", say("until"))}
    </Group>
  );
}

interface RowsProps {
  readonly rows: readonly Execution[];
  readonly more: (() => void) | undefined;
  readonly loadingMore: boolean;
  readonly open: (id: string) => void;
}

function Rows({ rows, more, loadingMore, open }: RowsProps) {
  const say = useTexts(tests);
  const { language } = useLanguage();
  const columns: readonly Column<Execution>[] = [
    {
      id: "time",
      title: say("time"),
      cell: one => (
        <UnstyledButton onClick={() => open(one.id)} fz="sm" fw={550} td="underline">
          <Ago at={one.at} />
          <VisuallyHidden>{` ${say("details", { time: exact(one.at, language, true) })}`}</VisuallyHidden>
        </UnstyledButton>
      ),
    },
    { id: "status", title: say("status"), cell: one => <OutcomeBadge status={one.status} /> },
    { id: "http", title: say("http"), cell: one => one.http_status ?? "–", align: "right", width: 80 },
    {
      id: "took",
      title: say("duration"),
      cell: one => (one.milliseconds === null ? "–" : duration(one.milliseconds, language)),
      align: "right",
      width: 100,
    },
    {
      id: "conversation",
      title: say("conversation"),
      cell: one =>
        one.test || !one.conversation ? (
          <Badge color="gray">{say("test")}</Badge>
        ) : (
          <Anchor component={Link} to={`/conversations/${one.conversation}`} fz="sm">
            {one.conversation}
          </Anchor>
        ),
    },
    { id: "used", title: say("used"), cell: one => say(one.in_conversation ? "yes" : "no"), wide: true },
  ];
  return (
    <DataTable
      label={say("time")}
      rows={rows}
      columns={columns}
      id={one => one.id}
      more={more}
      loadingMore={loadingMore}
    />
  );
}

interface NothingProps {
  readonly filtered: boolean;
  readonly clear: () => void;
  readonly slug: string;
}

function Nothing({ filtered, clear, slug }: NothingProps) {
  const say = useTexts(tests);
  const shared = useTexts(ui);
  if (filtered) {
    return (
      <Empty
        icon={IconListDetails}
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
    <Empty
      icon={IconListDetails}
      title={say("logEmpty")}
      action={
        <Button component={Link} to={`/actions/${slug}/test`}>
          {say("goTest")}
        </Button>
      }
    >
      {say("logEmptyText")}
    </Empty>
  );
}

/** One call in a drawer; its address can be sent to somebody. */
function Details({ id, close }: { id: string; close: () => void }) {
  const say = useTexts(tests);
  const { language } = useLanguage();
  const [run = "", number = "0"] = id.split("/");
  const query = $api.useQuery("get", "/v1/executions/{id}/{number}", {
    params: { path: { id: run, number: Number(number) } },
  });
  return (
    <Drawer
      opened
      onClose={close}
      position="right"
      size="xl"
      title={query.data ? exact(query.data.at, language, true) : "…"}
    >
      <Loaded query={query}>
        {one => (
          <Stack>
            <Group gap="md">
              <OutcomeBadge status={one.status} />
              {one.test && <Badge color="gray">{say("test")}</Badge>}
              <Text fz="sm">{say("attempts", { count: one.attempt })}</Text>
              <Text fz="sm">
                {say("used")}: {say(one.in_conversation ? "yes" : "no")}
              </Text>
            </Group>
            {one.conversation && (
              <Anchor component={Link} to={`/conversations/${one.conversation}`} fz="sm">
                {say("openConversation")}
              </Anchor>
            )}
            <CopyId id={one.id} />
            <Exchange
              request={one.request}
              curl={one.curl}
              status={one.http_status}
              milliseconds={one.milliseconds}
              response={one.response}
              problem={one.problem}
              noAnswer={say("noAnswer")}
            />
          </Stack>
        )}
      </Loaded>
    </Drawer>
  );
}

/** What a date field says, in the viewer's zone, as the service takes it. */
function moment(local: string): string | undefined {
  const time = local ? new Date(local) : null;
  return time && !Number.isNaN(time.getTime()) ? time.toISOString() : undefined;
}

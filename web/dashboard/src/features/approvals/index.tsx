/** Approvals: what waits for a member, decided one after another, and what was decided. */

import type { Approval } from "@deskhand/contract";
import { Alert, Anchor, Button, Group, Stack, Tabs, Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconArrowLeft, IconFilterOff, IconShieldCheck, IconShieldOff } from "@tabler/icons-react";
import { type ReactNode, useRef, useState } from "react";
import { Link, useLocation, useNavigate, useParams } from "react-router";
import { $api, api } from "../../api/client";
import { useLive } from "../../api/live";
import { useShortcuts } from "../../app/shortcuts";
import { useTexts } from "../../i18n/language";
import { Empty } from "../../ui/Empty";
import { useFilters } from "../../ui/filters";
import { Loaded } from "../../ui/Loaded";
import { Page } from "../../ui/Page";
import { usePages } from "../../ui/pages";
import { useLeft } from "../../ui/place";
import { ui } from "../../ui/texts";
import { ApprovalCard, Refused } from "./ApprovalCard";
import classes from "./approvals.module.css";
import { type Decision, type Done, useDecide } from "./deciding";
import { Filters, isNarrowed, query } from "./Filters";
import { List } from "./List";
import { COUNT, LIST } from "./paths";
import { Rules } from "./Rules";
import { TellMe } from "./TellMe";
import { approvals } from "./texts";

const NAMES = ["tab", "all", "about", "status", "procedure", "period"] as const;

export default function Approvals() {
  const say = useTexts(approvals);
  const navigate = useNavigate();
  const [filters] = useFilters(NAMES);
  const decided = filters.tab === "decided";
  const chosen = useChosen();
  const narrow = useNarrow();
  const alone = narrow && chosen !== undefined; // on a phone the card has the screen to itself
  return (
    <Page
      title={say("title")}
      lead={alone ? undefined : say("lead")}
      actions={alone ? undefined : <Actions />}
      width="full"
    >
      <Tabs
        value={decided ? "decided" : "waiting"}
        onChange={tab => void navigate(tab === "decided" ? "/approvals?tab=decided" : "/approvals")}
      >
        <Tabs.List display={alone ? "none" : undefined}>
          <Tabs.Tab value="waiting">{say("waiting")}</Tabs.Tab>
          <Tabs.Tab value="decided">{say("decided")}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value={decided ? "decided" : "waiting"} pt={alone ? 0 : "md"}>
          <Desk decided={decided} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

function Actions() {
  return (
    <>
      <Rules />
      <TellMe />
    </>
  );
}

/** The approval that the address names. */
function useChosen(): string | undefined {
  return useParams()["*"]?.split("/")[0] || undefined;
}

/** Whether list and card have no room beside one another. */
function useNarrow(): boolean {
  return useMediaQuery("(max-width: 61.99em)", false, { getInitialValueInEffect: false });
}

/** The list beside the chosen card; on a narrow screen one of both. */
function Desk({ decided }: { decided: boolean }) {
  const say = useTexts(approvals);
  const [filters, change] = useFilters(NAMES);
  const chosen = useChosen();
  const narrow = useNarrow();
  const asked = query(filters, decided);
  const pages = usePages(LIST, asked, (cursor, signal) =>
    api.GET("/v1/approvals", { params: { query: { ...asked, cursor } }, signal }),
  );
  useLive([LIST, COUNT], hint => hint.body.approvals === true);
  const triage = useTriage(pages.data ?? [], chosen, narrow);
  const rows = (pages.data ?? []).filter(row => decided || !triage.hidden.has(row.id));
  const selected = chosen ?? (narrow ? undefined : rows[0]?.id);
  useMoving(rows, selected);
  const list = (
    <Stack gap="sm">
      <Filters decided={decided} filters={filters} change={change} />
      <Loaded query={pages}>
        {() => (
          <>
            <List
              label={say(decided ? "decidedList" : "waitingList")}
              rows={rows}
              selected={selected}
              to={triage.to}
              more={pages.more}
              loadingMore={pages.loadingMore}
            />
            {!rows.length && <Nothing decided={decided} narrowed={isNarrowed(filters)} brief={!!chosen} />}
            {!decided && <Others all={filters.all !== ""} showAll={() => change({ all: "1" })} />}
          </>
        )}
      </Loaded>
    </Stack>
  );
  const card = selected && (
    <ApprovalCard
      key={selected}
      id={selected}
      keys
      missing={<NoSuch back={narrow ? undefined : triage.to("")} />}
      onDecide={decided ? undefined : (approval, decision) => triage.decide(approval, decision, rows)}
    />
  );
  return (
    <Stack gap="sm">
      <Told triage={triage} />
      {narrow ? (
        chosen ? (
          <>
            <Anchor component={Link} to={triage.to("")} fz="sm">
              <Group gap={4}>
                <IconArrowLeft size={16} /> {say("toList")}
              </Group>
            </Anchor>
            {card}
          </>
        ) : (
          list
        )
      ) : (
        <div className={classes.split} data-empty={(pages.data !== undefined && !selected) || undefined}>
          {list}
          {card && <div>{card}</div>}
        </div>
      )}
    </Stack>
  );
}

interface Failure {
  readonly approval: Approval;
  readonly error: unknown;
}

interface Triage {
  readonly to: (id: string) => string;
  readonly decide: (approval: Approval, decision: Decision, rows: readonly Approval[]) => Promise<unknown>;
  /** What is being decided: shown as done, and back again if it was not. */
  readonly hidden: ReadonlySet<string>;
  readonly done: { readonly approval: Approval; readonly what: Done } | null;
  readonly failed: Failure | null;
  readonly forget: () => void;
}

/** Deciding one after another: the next one is shown at once, and what did not go through comes back with its reason. */
function useTriage(rows: readonly Approval[], chosen: string | undefined, narrow: boolean): Triage {
  const send = useDecide();
  const navigate = useNavigate();
  const { search } = useLocation();
  const left = useLeft();
  const at = useRef({ chosen, search });
  at.current = { chosen, search };
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [done, setDone] = useState<Triage["done"]>(null);
  const [failed, setFailed] = useState<Failure | null>(null);
  const to = (id: string) => address(id, search);
  const decide: Triage["decide"] = async (approval, decision, shown) => {
    setFailed(null);
    const instant = isInstant(decision);
    const next = narrow ? "" : following(shown, approval.id);
    const from = instant ? next : at.current.chosen;
    // an answer may be slow: whoever has gone on by then is not called back
    const lead = (id: string) => {
      const { chosen, search } = at.current;
      if (!left() && (chosen ?? "") === (from ?? "")) void navigate(address(id, search), { replace: true });
    };
    if (instant) {
      setHidden(before => new Set(before).add(approval.id));
      void navigate(to(next), { replace: true });
    }
    try {
      const what = await send(approval, decision);
      setDone({ approval, what });
      if (!instant && what !== "doneSaved") {
        setHidden(before => new Set(before).add(approval.id));
        lead(next);
      }
    } catch (error) {
      setHidden(before => new Set([...before].filter(id => id !== approval.id)));
      if (!instant) throw error;
      setDone(null);
      setFailed({ approval, error });
      if (!next) lead(approval.id); // who looks at the next one already may be writing there
    }
  };
  const still = new Set([...hidden].filter(id => id !== chosen && rows.some(row => row.id === id)));
  return {
    to,
    decide,
    hidden: still,
    done,
    failed,
    forget: () => {
      setDone(null);
      setFailed(null);
    },
  };
}

function address(id: string, search: string): string {
  return `/approvals${id ? `/${id}` : ""}${search}`;
}

/** Whether nothing of the decision was typed, which a dialog would have to keep. */
function isInstant(decision: Decision): boolean {
  return decision.kind === "approve" ? !decision.values : decision.kind !== "reject" && decision.kind !== "retry";
}

function following(rows: readonly Approval[], id: string): string {
  const at = rows.findIndex(row => row.id === id);
  return rows[at + 1]?.id ?? rows[at - 1]?.id ?? "";
}

/** J and K. */
function useMoving(rows: readonly Approval[], selected: string | undefined): void {
  const say = useTexts(approvals);
  const navigate = useNavigate();
  const { search } = useLocation();
  const move = (by: number) => {
    const at = rows.findIndex(row => row.id === selected);
    const next = rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by))];
    if (next) void navigate(`/approvals/${next.id}${search}`, { replace: true });
  };
  useShortcuts(say("keys"), [
    { key: "j", label: say("keyNext"), run: () => move(1) },
    { key: "k", label: say("keyBefore"), run: () => move(-1) },
  ]);
}

/** What came of the last decision. */
function Told({ triage }: { triage: Triage }) {
  const say = useTexts(approvals);
  const { done, failed, to, forget } = triage;
  return (
    <>
      <div role="status">
        {done && (
          <Alert color="green" py="xs" withCloseButton onClose={forget} closeButtonLabel={say("dismiss")}>
            {say(done.what, { what: done.approval.card.description })}{" "}
            <Anchor component={Link} to={`${to(done.approval.id)}`} fz="sm">
              {say("look")}
            </Anchor>
          </Alert>
        )}
      </div>
      {failed && (
        <Stack gap={4}>
          <Text fz="sm" fw={600}>
            {say("notDone", { what: failed.approval.card.description })}
          </Text>
          <FreshlyRefused {...failed} />
        </Stack>
      )}
    </>
  );
}

function FreshlyRefused({ approval, error }: Failure) {
  const { data } = $api.useQuery("get", "/v1/approvals/{id}", { params: { path: { id: approval.id } } });
  return <Refused error={error} approval={data ?? approval} />;
}

interface NothingProps {
  readonly decided: boolean;
  readonly narrowed: boolean;
  /** Beside a card that has the eye. */
  readonly brief: boolean;
}

function Nothing({ decided, narrowed, brief }: NothingProps): ReactNode {
  const say = useTexts(approvals);
  const common = useTexts(ui);
  if (brief) {
    return (
      <Text fz="sm" c="dimmed" ta="center" py="md">
        {narrowed ? common("noneMatch") : say(decided ? "noneDecided" : "noneTitle")}
      </Text>
    );
  }
  if (narrowed) {
    return (
      <Empty icon={IconFilterOff} title={common("noneMatch")}>
        {common("noneMatchText")}
      </Empty>
    );
  }
  return (
    <Empty icon={IconShieldCheck} title={say(decided ? "noneDecided" : "noneTitle")}>
      {say(decided ? "noneDecidedText" : "noneText")}
    </Empty>
  );
}

/** The address names an approval that is not there. */
function NoSuch({ back }: { back: string | undefined }) {
  const say = useTexts(approvals);
  const action = back && (
    <Button component={Link} to={back} variant="default">
      {say("toList")}
    </Button>
  );
  return (
    <Empty icon={IconShieldOff} title={say("noSuch")} action={action}>
      {say("noSuchText")}
    </Empty>
  );
}

/** What waits for other members alone. */
function Others({ all, showAll }: { all: boolean; showAll: () => void }) {
  const say = useTexts(approvals);
  const { data } = $api.useQuery("get", COUNT);
  if (all || !data?.others) return null;
  return (
    <Group gap="xs" justify="center">
      <Text fz="xs" c="dimmed">
        {say("othersWait", { count: data.others })}
      </Text>
      <Button variant="subtle" size="compact-xs" onClick={showAll}>
        {say("showAll")}
      </Button>
    </Group>
  );
}

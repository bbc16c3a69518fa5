/** An agent being edited: its parts in tabs, saved together. */

import type { ShownAgent } from "@deskhand/contract";
import { Alert, Button, Group, List, NativeSelect, Stack, Tabs, Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { Navigate, useLocation, useNavigate, useParams } from "react-router";
import { useMayBuild } from "../../app/session";
import { useShortcuts } from "../../app/shortcuts";
import { useTexts } from "../../i18n/language";
import { ErrorNote } from "../../ui/ErrorNote";
import { LeaveGuard } from "../actions/LeaveGuard";
import classes from "./Agents.module.css";
import { type PartProps, type Tab, tabsOf, toStore, wrongTabs } from "./drafts";
import { Abilities, About } from "./General";
import { LeadFormTab } from "./LeadFormTab";
import { LiveChatTab } from "./live/LiveChatTab";
import { agents } from "./texts";
import { useSaving } from "./useSaving";
import { WidgetTab } from "./widget/WidgetTab";

interface Props {
  readonly of: ShownAgent;
  /** Whether it was deleted just now. */
  readonly gone?: boolean;
}

export function Editing({ of, gone = false }: Props) {
  const say = useTexts(agents);
  const builds = useMayBuild();
  const navigate = useNavigate();
  const { tab = "general" } = useParams();
  const [base, setBase] = useState(of);
  const [agent, setAgent] = useState(of);
  const [round, setRound] = useState(0);
  const [checked, setChecked] = useState(false);
  const latest = useRef(agent);
  latest.current = agent;
  const saving = useSaving(useTold());
  const dirty = JSON.stringify(toStore(agent)) !== JSON.stringify(toStore(base));
  const wrong = checked ? wrongTabs(agent) : [];
  const tabs = tabsOf(base);
  const made = !of.slug && base.slug && !dirty ? base.slug : null;
  const { problems } = saving;
  useEffect(() => {
    // only once nothing is unsaved any more
    if (made) void navigate(`/agents/${made}`, { replace: true, state: { problems } });
  }, [made, problems, navigate]);
  if (!tabs.includes(tab as Tab)) return <Navigate to={`/agents/${base.slug}`} replace />;
  const go = (to: Tab) => void navigate(to === "general" ? `/agents/${base.slug}` : `/agents/${base.slug}/${to}`);
  const take = (found: ShownAgent) => {
    setBase(found);
    setAgent(found);
    setRound(before => before + 1);
    setChecked(false);
  };
  const save = async (overwrite = false) => {
    setChecked(true);
    const [first, ...more] = wrongTabs(agent);
    if (first) {
      if (tab !== first && !more.includes(tab as Tab)) go(first);
      return;
    }
    const stored = await saving.save(agent, base, overwrite);
    if (!stored) return;
    if (latest.current === agent) return take(stored);
    // what was typed meanwhile is saved next
    setBase(stored);
    setAgent(before => ({ ...before, slug: stored.slug, number: stored.number }));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save();
  };
  const part = { agent, set: (change: Partial<ShownAgent>) => setAgent(before => ({ ...before, ...change })) };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {!builds && <Text fz="sm">{say("readOnly")}</Text>}
        {tabs.length > 1 && <Choice tabs={tabs} current={tab as Tab} go={go} wrong={wrong} />}
        <Part key={`${tab} ${round}`} tab={tab as Tab} {...part} />
        {problems.length > 0 && (
          <Alert color="yellow" title={say("problems")} role="alert">
            <List fz="sm">
              {problems.map(one => (
                <List.Item key={one}>{one}</List.Item>
              ))}
            </List>
          </Alert>
        )}
        {saving.error !== null && <ErrorNote error={saving.error} />}
        {saving.theirs && (
          <Stale
            overwrite={() => void save(true)}
            load={() => {
              if (saving.theirs) take(saving.theirs);
              saving.forget();
            }}
          />
        )}
      </Stack>
      {builds && (
        <Bar
          dirty={dirty}
          wrong={wrong}
          busy={saving.busy}
          saved={saving.saved}
          ready={dirty && agent.name.trim() !== ""}
          discard={() => {
            take(base);
            saving.forget();
          }}
          save={() => void save()}
        />
      )}
      <LeaveGuard when={dirty && !gone} within={`/agents/${base.slug || "new"}`} />
    </form>
  );
}

/** Names that match nothing, as they were found when the agent was made just before. */
function useTold(): readonly string[] {
  const state = useLocation().state as { problems?: unknown } | null;
  const [told] = useState(() => (Array.isArray(state?.problems) ? state.problems.map(String) : []));
  return told;
}

function Part({ tab, ...part }: PartProps & { tab: Tab }) {
  switch (tab) {
    case "widget":
      return <WidgetTab {...part} />;
    case "live-chat":
      return <LiveChatTab {...part} />;
    case "lead-form":
      return <LeadFormTab {...part} />;
    default:
      return (
        <>
          <About {...part} />
          <Abilities {...part} />
        </>
      );
  }
}

interface ChoiceProps {
  readonly tabs: readonly Tab[];
  readonly current: Tab;
  readonly go: (tab: Tab) => void;
  readonly wrong: readonly Tab[];
}

const LABELS = { general: "general", widget: "widget", "live-chat": "liveChat", "lead-form": "leadForm" } as const;

function Choice({ tabs, current, go, wrong }: ChoiceProps) {
  const say = useTexts(agents);
  const phone = useMediaQuery("(max-width: 36em)");
  const label = (tab: Tab) => `${say(LABELS[tab])}${wrong.includes(tab) ? " •" : ""}`;
  if (phone) {
    return (
      <NativeSelect
        aria-label={say("part")}
        value={current}
        onChange={event => go(event.currentTarget.value as Tab)}
        data={tabs.map(tab => ({ value: tab, label: label(tab) }))}
      />
    );
  }
  return (
    <Tabs value={current} onChange={tab => go(tab as Tab)} activateTabWithKeyboard={false} keepMounted={false}>
      <Tabs.List aria-label={say("parts")}>
        {tabs.map(tab => (
          <Tabs.Tab key={tab} value={tab} c={wrong.includes(tab) ? "red" : undefined}>
            {label(tab)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
    </Tabs>
  );
}

interface BarProps {
  readonly dirty: boolean;
  readonly wrong: readonly Tab[];
  readonly busy: boolean;
  readonly saved: boolean;
  readonly ready: boolean;
  readonly discard: () => void;
  readonly save: () => void;
}

/** Stays in sight, however long the part is. */
function Bar({ dirty, wrong, busy, saved, ready, discard, save }: BarProps) {
  const say = useTexts(agents);
  useShortcuts(say("title"), [{ key: "mod+s", label: say("save"), run: () => ready && save(), inFields: true }]);
  return (
    <Group className={classes.bar} justify="flex-end" gap="sm">
      <Text
        fz="sm"
        c={wrong.length ? "red" : "dimmed"}
        role="status"
        visibleFrom={dirty && !wrong.length ? "xs" : undefined}
      >
        {wrong.length ? say("toCorrect") : dirty ? say("unsaved") : saved && say("saved")}
      </Text>
      {dirty && (
        <Button variant="subtle" color="gray" onClick={discard}>
          {say("discard")}
        </Button>
      )}
      <Button type="submit" loading={busy} disabled={!ready}>
        {say("save")}
      </Button>
    </Group>
  );
}

function Stale({ overwrite, load }: { overwrite: () => void; load: () => void }) {
  const say = useTexts(agents);
  return (
    <Alert color="yellow" role="alert" title={say("stale")}>
      <Stack gap="xs">
        <Text fz="sm">{say("staleText")}</Text>
        <Group gap="xs">
          <Button size="xs" onClick={overwrite}>
            {say("overwrite")}
          </Button>
          <Button size="xs" variant="default" onClick={load}>
            {say("loadTheirs")}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}

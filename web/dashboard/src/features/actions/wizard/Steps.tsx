import { Alert, Button, Group, Stack, Stepper, Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { useMemo, useRef, useState } from "react";
import { Link } from "react-router";
import { $api, api } from "../../../api/client";
import { useTexts } from "../../../i18n/language";
import { ErrorNote } from "../../../ui/ErrorNote";
import { useLeading } from "../../../ui/place";
import { EditingProvider, useActions } from "../editing";
import { type Doc, requestOf, slugOf } from "../model";
import { What } from "../Panel";
import { type Tab, tabLabel } from "../Tabs";
import { Basics } from "../tabs/About";
import { AuthTab } from "../tabs/AuthTab";
import { Response } from "../tabs/Response";
import { NO_SAMPLES, type Samples, Test } from "../tabs/Test";
import { Variables } from "../tabs/Variables";
import { actions } from "../texts";
import { useSaving } from "../useSaving";
import { problemsOf, tabOf } from "../validate";
import { AgentChoice } from "./AgentChoice";
import type { Kept } from "./kept";
import { wizard } from "./texts";

const STEPS: readonly Tab[] = ["about", "endpoint", "auth", "variables", "response", "test", "agents"];

function stepsOf(doc: Doc): readonly Tab[] {
  return STEPS.filter(step => step !== "auth" || requestOf(doc) !== null);
}

interface Props {
  readonly kept: Kept;
  readonly keep: (kept: Kept | null) => void;
}

/** The steps of a new action: forward only where nothing is wrong, back at any time. */
export function Steps({ kept, keep }: Props) {
  const say = useTexts(wizard);
  const named = useTexts(actions);
  const { doc } = kept;
  const free = useFreeSlug(doc.name);
  const whole = useMemo(() => ({ ...doc, slug: free }), [doc, free]);
  const steps = stepsOf(doc);
  const step = steps.find(one => one === kept.step) ?? "about";
  const at = steps.indexOf(step);
  const [samples, setSamples] = useState<Samples>(NO_SAMPLES);
  const [checked, setChecked] = useState(false);
  const latest = useRef(kept);
  latest.current = kept;
  const making = useMaking(kept, keep, refused => {
    // it is mended at its field, which may be some steps back
    const wrong = [...refused.keys()].filter(Boolean).map(tabOf);
    const first = steps.find(one => wrong.includes(one));
    if (first) keep({ ...latest.current, step: first });
  });
  const own = useMemo(() => problemsOf(whole, named), [whole, named]);
  const problems = checked ? new Map([...making.problems, ...own]) : making.problems;
  const here = [...own].filter(([field]) => tabOf(field) === step);
  const go = (to: Tab | undefined) => {
    if (!to) return;
    setChecked(false);
    keep({ ...kept, step: to });
    window.scrollTo({ top: 0 });
  };
  const next = () => {
    if (here.length) setChecked(true);
    else go(steps[at + 1]);
  };
  const create = async (draft: boolean) => {
    const wanted = draft ? { ...whole, draft: true } : { ...whole, draft: false };
    const first = [...problemsOf(wanted, named).keys()].map(tabOf)[0] as Tab | undefined;
    setChecked(true);
    if (first) keep({ ...kept, step: first });
    else await making.make(wanted);
  };
  const last = at === steps.length - 1;
  return (
    <Stack gap="lg">
      <Progress doc={doc} steps={steps} at={at} go={go} />
      <EditingProvider doc={whole} set={patch => keep({ ...kept, doc: { ...doc, ...patch } })} problems={problems}>
        {step === "about" && (
          <Stack maw={680}>
            <Basics />
            {free && (
              <Text fz="sm" c="dimmed">
                {say("called", { slug: free })}
              </Text>
            )}
          </Stack>
        )}
        {step === "endpoint" && <What />}
        {step === "auth" && <AuthTab />}
        {step === "variables" && <Variables />}
        {step === "response" && <Response brief />}
        {step === "test" && <Test samples={samples} setSamples={setSamples} stored={false} />}
        {step === "agents" && <AgentChoice chosen={kept.agents} choose={agents => keep({ ...kept, agents })} />}
      </EditingProvider>
      {checked && here.length > 0 && (
        <Alert color="red" role="alert">
          {here.map(([field, message]) => (
            <Text key={field} fz="sm">
              {message}
            </Text>
          ))}
        </Alert>
      )}
      {making.error !== null && <ErrorNote error={making.error} />}
      {making.made && (
        <Alert color="yellow" title={say("failedAgents")}>
          <Button component={Link} to={`/actions/${making.made}/agents`} size="xs">
            {say("goOn")}
          </Button>
        </Alert>
      )}
      <Group justify="space-between">
        <Button variant="default" onClick={() => go(steps[at - 1])} disabled={at === 0}>
          {say("back")}
        </Button>
        <Group gap="xs">
          <Button variant="subtle" onClick={() => void create(true)} disabled={!doc.name.trim() || making.busy}>
            {say("saveDraft")}
          </Button>
          {last ? (
            <Button onClick={() => void create(false)} loading={making.busy}>
              {say("create")}
            </Button>
          ) : (
            <Button onClick={next}>{say("next")}</Button>
          )}
        </Group>
      </Group>
    </Stack>
  );
}

interface ProgressProps {
  readonly doc: Doc;
  readonly steps: readonly Tab[];
  readonly at: number;
  readonly go: (step: Tab | undefined) => void;
}

function Progress({ doc, steps, at, go }: ProgressProps) {
  const say = useTexts(wizard);
  const named = useTexts(actions);
  const narrow = useMediaQuery("(max-width: 62em)");
  const name = (step: Tab) => (step === "agents" ? say("agents") : named(tabLabel(doc, step)));
  const current = steps[at];
  if (narrow) {
    return (
      <Text fw={600} role="status">
        {current && say("step", { number: at + 1, all: steps.length, name: name(current) })}
      </Text>
    );
  }
  return (
    <Stepper active={at} onStepClick={to => go(steps[to])} size="xs" aria-label={say("steps")}>
      {steps.map((step, index) => (
        <Stepper.Step key={step} label={name(step)} allowStepSelect={index < at} />
      ))}
    </Stepper>
  );
}

/** A slug made of the name that no other action has. */
function useFreeSlug(name: string): string {
  const taken = new Set(useActions().map(one => one.slug));
  const base = slugOf(name);
  let slug = base;
  for (let number = 2; base && taken.has(slug); number++) slug = `${base.slice(0, 60)}-${number}`;
  return slug;
}

/** Stores the action, switches it on for its agents, and opens it. */
function useMaking(
  kept: Kept,
  keep: (kept: Kept | null) => void,
  refused: (problems: ReadonlyMap<string, string>) => void,
) {
  const lead = useLeading();
  const queries = useQueryClient();
  const saving = useSaving(refused);
  const { data } = $api.useQuery("get", "/v1/agents");
  const [made, setMade] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<unknown>(null);
  const make = async (doc: Doc) => {
    setBusy(true);
    setFailed(null);
    const saved = await saving.save(doc, null);
    if (saved) {
      try {
        for (const { slug, ...agent } of data?.items ?? []) {
          if (!kept.agents.includes(slug)) continue;
          const body = { ...agent, actions: [...new Set([...agent.actions, saved.slug])] };
          await api.PUT("/v1/agents/{slug}", { params: { path: { slug } }, body });
        }
        keep(null);
        await queries.invalidateQueries({ queryKey: ["get", "/v1/agents"] });
        await lead(`/actions/${saved.slug}`);
      } catch (thrown) {
        setFailed(thrown);
        setMade(saved.slug);
        keep(null);
      }
    }
    setBusy(false);
  };
  return { make, made, busy, error: failed ?? saving.error, problems: saving.problems };
}

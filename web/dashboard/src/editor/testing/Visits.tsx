/** A way, step by step: what was said and done at each, and what else could have happened there. */

import type { Script, Visit } from "@deskhand/contract";
import { Anchor, Select, Stack, Text, UnstyledButton } from "@mantine/core";
import type { ReactNode } from "react";
import { Value } from "../../features/talk/Http";
import { useTexts } from "../../i18n/language";
import { type Draft, type DraftStep, stepOf } from "../panel";
import { Mock } from "./Mock";
import { Outcome } from "./Outcome";
import { nthVisit, responding, responseOf, takenBack } from "./script";
import { testing } from "./texts";
import classes from "./Visits.module.css";

interface Props {
  readonly visits: readonly Visit[];
  readonly place: number;
  readonly document: Draft;
  readonly slug: string;
  readonly go: (at: number) => void;
  /** What the simulation is told, and how that changes; absent where the way is a real one. */
  readonly script?: Script;
  readonly change?: (script: Script) => void;
}

export function Visits({ visits, place, document, slug, go, script, change }: Props) {
  return (
    <ol className={classes.list}>
      {visits.map((visit, at) => (
        <li
          // biome-ignore lint/suspicious/noArrayIndexKey: a way only grows, and a step may come again
          key={`${visit.step} ${at}`}
          className={classes.visit}
          data-current={at === place || undefined}
          data-outcome={visit.outcome}
          data-step={visit.step}
          aria-current={at === place ? "step" : undefined}
        >
          <span className={classes.number} aria-hidden>
            {at + 1}
          </span>
          <Shown visit={visit} own={visit.procedure === slug} document={document} go={() => go(at)}>
            {script && change && visit.procedure === slug && (
              <Choices
                visits={visits}
                at={at}
                step={stepOf(document, visit.step)}
                document={document}
                script={script}
                change={change}
              />
            )}
          </Shown>
        </li>
      ))}
    </ol>
  );
}

interface ShownProps {
  readonly visit: Visit;
  readonly own: boolean;
  readonly document: Draft;
  readonly go: () => void;
  readonly children: ReactNode;
}

function Shown({ visit, own, document, go, children }: ShownProps) {
  const say = useTexts(testing);
  const kind = own ? stepOf(document, visit.step)?.kind : undefined;
  const set = Object.keys(visit.after);
  return (
    <div style={{ minWidth: 0 }}>
      <div className={classes.head}>
        <UnstyledButton className={classes.name} onClick={go}>
          {visit.step || say("before")}
        </UnstyledButton>
        <span className={classes.kind}>{own ? kind : say("inside", { procedure: visit.procedure })}</span>
        {visit.exit && visit.exit !== "next" && (
          <span className={classes.exit}>
            {visit.exit} → {visit.to}
          </span>
        )}
        {visit.outcome !== "passed" && <Outcome outcome={visit.outcome} />}
      </div>
      {visit.said.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same may be said twice
        <div key={`${line.text} ${at}`} className={`${classes.line} ${classes[line.who] ?? ""}`}>
          {line.text}
        </div>
      ))}
      {visit.acts.map((act, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same may be done twice
        <div key={`${act} ${at}`} className={classes.act}>
          {act}
        </div>
      ))}
      {children}
      {set.length > 0 && (
        <details className={classes.values}>
          <summary>{say("sets", { names: set.join(", ") })}</summary>
          <Value value={visit.after} label={say("changed")} />
        </details>
      )}
    </div>
  );
}

interface ChoiceProps {
  readonly visits: readonly Visit[];
  readonly at: number;
  readonly step: DraftStep | undefined;
  readonly document: Draft;
  readonly script: Script;
  readonly change: (script: Script) => void;
}

/** What could have happened differently at a step, ready to be chosen. */
function Choices({ visits, at, step, document, script, change }: ChoiceProps) {
  const say = useTexts(testing);
  const visit = visits[at];
  if (!visit) return null;
  const id = visit.step;
  const nth = nthVisit(visits, at);
  const waited = new Set(visit.waited_for);
  const variable = typeof step?.variable === "string" ? step.variable : null;
  const calls = step?.kind === "call" || step?.kind === "tool" || step?.kind === "javascript";
  const answer = waited.has("answer") && variable !== null && visit.outcome !== "waiting";
  return (
    <Stack gap={6} mt={answer || calls || waited.size || step?.kind === "live_chat" ? 6 : 0}>
      {answer && (
        <Anchor
          component="button"
          fz="xs"
          ta="right"
          onClick={() => change(takenBack(script, variable, asked(visits, at, variable, document)))}
        >
          {say("answersDifferently")}
        </Anchor>
      )}
      {step?.kind === "live_chat" && (
        <Choice
          label={say("somebodyThere")}
          value={String(script.live_chat)}
          data={[
            { value: "true", label: say("there") },
            { value: "false", label: say("nobodyThere") },
          ]}
          choose={one => change({ ...script, live_chat: one === "true" })}
        />
      )}
      {(((waited.has("effect") || waited.has("browser")) && calls) || isElement(step)) && (
        <Mock
          mock={responseOf(script, id, nth)}
          sample={step?.sample_response}
          onChange={mock => change(responding(script, id, nth, mock, step?.sample_response))}
        />
      )}
      {waited.has("approval") && (
        <Choice
          label={say("decision")}
          value={script.decisions[id] ?? "approve"}
          data={[
            { value: "approve", label: say("approves") },
            { value: "reject", label: say("rejects") },
            { value: "expire", label: say("expires") },
          ]}
          choose={one => change({ ...script, decisions: { ...script.decisions, [id]: one as "approve" } })}
        />
      )}
      {waited.has("confirmation") && (
        <Choice
          label={say("confirmation")}
          value={String(script.confirmations[id] ?? true)}
          data={[
            { value: "true", label: say("yes") },
            { value: "false", label: say("no") },
          ]}
          choose={one => change({ ...script, confirmations: { ...script.confirmations, [id]: one === "true" } })}
        />
      )}
      {(waited.has("click") || waited.has("component")) && (
        <Choice
          label={say("click")}
          value={String(script.clicks[id] ?? true)}
          data={[
            { value: "true", label: say(waited.has("component") ? "goesThrough" : "clicks") },
            { value: "false", label: say(waited.has("component") ? "leaves" : "clicksNot") },
          ]}
          choose={one => change({ ...script, clicks: { ...script.clicks, [id]: one === "true" } })}
        />
      )}
    </Stack>
  );
}

/** Whether a step shows an element of the host page, which gives something back. */
function isElement(step: DraftStep | undefined): boolean {
  return (step?.component as { kind?: unknown } | undefined)?.kind === "element";
}

/** How many questions for a variable were answered before a place in the way. */
function asked(visits: readonly Visit[], at: number, variable: string, document: Draft): number {
  return visits
    .slice(0, at)
    .filter(one => one.waited_for.includes("answer") && stepOf(document, one.step)?.variable === variable).length;
}

interface SelectProps {
  readonly label: string;
  readonly value: string;
  readonly data: readonly { readonly value: string; readonly label: string }[];
  readonly choose: (value: string) => void;
}

function Choice({ label, value, data, choose }: SelectProps) {
  return (
    <Select
      size="xs"
      aria-label={label}
      value={value}
      data={[...data]}
      allowDeselect={false}
      onChange={one => one && choose(one)}
    />
  );
}

/** Something that was said about the whole way. */
export function Remark({ children }: { children: ReactNode }) {
  return (
    <Text fz="sm" c="dimmed" px={8}>
      {children}
    </Text>
  );
}

/** A simulation's script while it is put together, answer by answer. */

import type { MockResponse, Script, Visit } from "@deskhand/contract";

export const EMPTY: Script = {
  inputs: {},
  responses: {},
  decisions: {},
  confirmations: {},
  clicks: {},
  live_chat: true,
  arguments: {},
  language: "en",
  contact: null,
  agent: "default",
};

/** A script from its beginning, or another one, as the same customer with the same agent and language. */
export function begun({ contact, agent, language }: Script, other: Script = EMPTY): Script {
  return { ...other, contact, agent, language };
}

/** Answers that call for a look: what APIs do on a bad day. */
const USUAL: readonly (MockResponse & { readonly id: string })[] = [
  { id: "401", status: 401, failure: null, body: { error: "Unauthorized" } },
  { id: "404", status: 404, failure: null, body: { error: "Not found" } },
  { id: "500", status: 500, failure: null, body: { error: "Internal server error" } },
  { id: "timeout", status: 200, failure: "timeout", body: null },
  { id: "refused", status: 200, failure: "refused", body: null },
];

/** A usual answer by its name. */
export function usual(id: string | null): MockResponse | null {
  const found = USUAL.find(one => one.id === id);
  return found ? { status: found.status, body: found.body, failure: found.failure ?? null } : null;
}

/** The name of a usual answer; null for one of somebody's own. */
export function usualName(mock: MockResponse): string | null {
  const { failure, status } = mock;
  return USUAL.find(one => (failure ? one.failure === failure : !one.failure && one.status === status))?.id ?? null;
}

/** The script with one more answer to a question. */
export function answered(script: Script, variable: string, value: unknown): Script {
  return { ...script, inputs: { ...script.inputs, [variable]: [...listOf(script.inputs[variable]), value] } };
}

/** The script without the answer to the nth question for a variable, and without those after it. */
export function takenBack(script: Script, variable: string, nth: number): Script {
  const kept = listOf(script.inputs[variable]).slice(0, nth);
  const { [variable]: _, ...others } = script.inputs;
  return { ...script, inputs: kept.length ? { ...others, [variable]: kept } : others };
}

/** The script with what the nth call of a step answers; null takes the step's sample response again. */
export function responding(
  script: Script,
  step: string,
  nth: number,
  mock: MockResponse | null,
  sample: unknown,
): Script {
  const given = script.responses[step];
  const before: MockResponse[] = Array.isArray(given) ? [...given] : given ? Array(nth + 1).fill(given) : [];
  while (before.length <= nth) before.push(sampled(sample));
  before[nth] = mock ?? sampled(sample);
  return { ...script, responses: { ...script.responses, [step]: before } };
}

/** What the nth call of a step answers, where the script says so. */
export function responseOf(script: Script, step: string, nth: number): MockResponse | undefined {
  const given = script.responses[step];
  return Array.isArray(given) ? given[nth] : given;
}

function sampled(sample: unknown): MockResponse {
  return { status: 200, body: sample ?? null, failure: null };
}

function listOf(given: unknown): unknown[] {
  return given === undefined ? [] : Array.isArray(given) ? given : [given];
}

/** How often a step was visited before a place in the way. */
export function nthVisit(visits: readonly Visit[], at: number): number {
  const one = visits[at];
  return visits.slice(0, at).filter(other => other.step === one?.step && other.procedure === one?.procedure).length;
}

/** A text that was typed, as the value that it looks like it is meant to be. */
export function typed(text: string, kind: unknown): unknown {
  const trimmed = text.trim();
  if ((kind === "number" || kind === "integer" || kind === "float") && trimmed !== "" && !Number.isNaN(Number(trimmed)))
    return Number(trimmed);
  if (kind === "boolean" && /^(true|false)$/i.test(trimmed)) return trimmed.toLowerCase() === "true";
  if (kind === "json") {
    try {
      return JSON.parse(trimmed) as unknown;
    } catch {
      return text; // the server says what is wrong with it
    }
  }
  return text;
}

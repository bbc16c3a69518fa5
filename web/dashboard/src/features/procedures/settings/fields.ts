/** Reading and writing parts of a draft that may hold anything. */

import type { Comparison, Trigger, Variable } from "@deskhand/contract";
import { type AnyStep, type Doc, stepsOf } from "@deskhand/flow";
import type { Said } from "../../../ui/byLanguage";

/** Changes the draft that is shown. */
export type Change = (to: (document: Doc) => Doc) => void;

/** What every tab is given; without `change` it is only looked at. */
export interface TabProps {
  readonly document: Doc;
  readonly change: Change | undefined;
}

export function textIn(from: Readonly<Record<string, unknown>>, name: string): string {
  const value = from[name];
  return typeof value === "string" ? value : "";
}

/** A text that may have a version for each language. */
export function saidIn(from: Readonly<Record<string, unknown>>, name: string): Said {
  const value = from[name];
  if (typeof value !== "object" || value === null || Array.isArray(value)) return textIn(from, name);
  return Object.fromEntries(Object.entries(value).map(([language, text]) => [language, String(text)]));
}

export function objectIn(from: Readonly<Record<string, unknown>>, name: string): Doc {
  const value = from[name];
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Doc) : {};
}

export function textsIn(from: Readonly<Record<string, unknown>>, name: string): string[] {
  const value = from[name];
  return Array.isArray(value) ? value.filter(one => typeof one === "string") : [];
}

export function comparisonsIn(from: Readonly<Record<string, unknown>>, name: string): readonly Partial<Comparison>[] {
  const value = from[name];
  return Array.isArray(value) ? value.filter(one => typeof one === "object" && one !== null) : [];
}

/** The document with fields set; what is empty or false is left out, as it is in YAML. */
export function withFields(of: Doc, fields: Readonly<Record<string, unknown>>): Doc {
  return Object.fromEntries(
    Object.entries({ ...of, ...fields }).filter(([name, value]) => !(name in fields && empty(value))),
  );
}

export function withTrigger(document: Doc, fields: Partial<Trigger>): Doc {
  return { ...document, trigger: withFields(objectIn(document, "trigger"), fields) };
}

export type DraftVariable = Partial<Variable> & { readonly name: string };

export function variablesOf(document: Doc): readonly DraftVariable[] {
  const value = document.variables;
  if (!Array.isArray(value)) return [];
  return value.filter((one): one is DraftVariable => typeof (one as DraftVariable | null)?.name === "string");
}

export function withVariables(document: Doc, variables: readonly DraftVariable[]): Doc {
  return withFields(document, { variables });
}

const OUTWARD = new Set(["call", "tool", "internal", "button", "javascript"]);

/** The steps that do something outside of the conversation. */
export function outward(document: Doc): readonly AnyStep[] {
  return stepsOf(document).filter(
    ({ kind, url, request }) => OUTWARD.has(kind) && (kind !== "button" || request || !url),
  );
}

/** Whether a step changes something, as far as it says so itself. */
export function changes(step: AnyStep): boolean {
  if (step.read_only === true) return false;
  if (step.kind === "call")
    return (
      step.read_only === false || (step.action === undefined && textIn(step, "method") !== "" && step.method !== "GET")
    );
  return step.kind !== "button" || step.request !== undefined;
}

function empty(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    value === false ||
    value === "" ||
    (Array.isArray(value) && value.length === 0)
  );
}

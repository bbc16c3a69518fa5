/** A procedure's document as an editor holds it: any field may be missing or wrong while it is being written. */

import type { ProcedureDocument } from "@deskhand/contract";

export type Step = ProcedureDocument["steps"][number];
export type Kind = Step["kind"];

export interface Doc {
  readonly [field: string]: unknown;
}

/** A step as it stands in a document: an id and a kind, and whatever else was written. */
export interface AnyStep {
  readonly id: string;
  readonly kind: string;
  readonly [field: string]: unknown;
}

/** The target that ends the run; no step may be called so. */
export const END = "end";

/** What the server takes as a step's id. */
export const STEP_ID = /^[a-z][a-z0-9_-]{0,63}$/;

/** The steps in their order; what is no step at all is left out. */
export function stepsOf(doc: Doc): readonly AnyStep[] {
  return Array.isArray(doc.steps) ? doc.steps.filter(isStep) : [];
}

export function stepOf(doc: Doc, id: string): AnyStep | undefined {
  return stepsOf(doc).find(one => one.id === id);
}

export function withSteps(doc: Doc, steps: readonly AnyStep[]): Doc {
  return { ...doc, steps };
}

/** The same document with one step replaced. */
export function withStep(doc: Doc, id: string, change: (step: AnyStep) => AnyStep): Doc {
  return withSteps(
    doc,
    stepsOf(doc).map(one => (one.id === id ? change(one) : one)),
  );
}

/** Whether every entry of the list of steps is one that a canvas can show: each has an id of its own. */
export function isDrawable(doc: Doc): boolean {
  const listed = Array.isArray(doc.steps) ? doc.steps : doc.steps === undefined ? [] : null;
  return listed !== null && new Set(stepsOf(doc).map(one => one.id)).size === listed.length;
}

/** An id that no step has yet, made of the wanted one. */
export function freeId(taken: ReadonlySet<string>, wanted: string): string {
  if (!taken.has(wanted) && wanted !== END) return wanted;
  const stem = wanted.replace(/_\d+$/, "").slice(0, 58);
  for (let number = 2; ; number += 1) {
    const id = `${stem}_${number}`;
    if (!taken.has(id)) return id;
  }
}

export function idsOf(doc: Doc): ReadonlySet<string> {
  return new Set(stepsOf(doc).map(one => one.id));
}

function isStep(value: unknown): value is AnyStep {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const { id, kind } = value as { id?: unknown; kind?: unknown };
  return typeof id === "string" && id !== "" && typeof kind === "string";
}

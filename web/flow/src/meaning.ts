/** Keeps what a document means while its list of steps changes: `next` left out means the step below. */

import { type AnyStep, type Doc, END, stepsOf, withSteps } from "./document";
import { exitsOfKind } from "./exits";

/** Change a document as if every `next` were written out; those that still mean the step below are left out again. */
export function keepingMeaning(doc: Doc, change: (explicit: Doc) => Doc): Doc {
  const implicit = new Set(
    stepsOf(doc)
      .filter(one => !isNamed(one))
      .map(one => one.id),
  );
  const known = new Set(stepsOf(doc).map(one => one.id));
  const changed = change(spelledOut(doc));
  return relaxed(changed, id => implicit.has(id) || !known.has(id));
}

/** The document with every `next` written out. */
export function spelledOut(doc: Doc): Doc {
  const steps = stepsOf(doc);
  return withSteps(
    doc,
    steps.map((one, at) => (goesOn(one) && !isNamed(one) ? { ...one, next: steps[at + 1]?.id ?? END } : one)),
  );
}

/** The document without each `next` that says no more than the list's order, where the step may leave it out. */
export function relaxed(doc: Doc, mayLeaveOut: (id: string) => boolean): Doc {
  const steps = stepsOf(doc);
  return withSteps(
    doc,
    steps.map((one, at) => {
      if (!goesOn(one) || !mayLeaveOut(one.id) || one.next !== (steps[at + 1]?.id ?? END)) return one;
      const { next: _, ...rest } = one;
      return rest as AnyStep;
    }),
  );
}

function goesOn(step: AnyStep): boolean {
  return exitsOfKind(step.kind).some(exit => exit.name === "next");
}

function isNamed(step: AnyStep): boolean {
  return typeof step.next === "string" && step.next !== "";
}

/** Steps: added, taken out, renamed, given other fields. */

import { cut, pointed } from "./connecting";
import { type AnyStep, type Doc, END, freeId, idsOf, stepOf, stepsOf, withStep, withSteps } from "./document";
import { type ExitName, exitsIn, exitsOfKind, mainExit } from "./exits";
import { START } from "./graph";
import { keepingMeaning } from "./meaning";

/** Where a new step goes: onto a way, or on its own. */
export interface OnWay {
  readonly source: string;
  readonly exit: ExitName | "start";
}

export interface Added {
  readonly doc: Doc;
  readonly ids: readonly string[];
}

/** Add a step; onto a way, it goes on to where that way led. Its id is made unique. */
export function addStep(doc: Doc, step: AnyStep, on: OnWay | null = null): Added {
  const id = freeId(idsOf(doc), step.id);
  const made = { ...step, id };
  if (on === null) return { doc: keepingMeaning(doc, explicit => listed(explicit, ended(made), null)), ids: [id] };
  const target = targetOf(doc, on);
  const added = keepingMeaning(doc, explicit => {
    const before = on.source === START ? "" : on.source;
    const placed = listed(explicit, leading(made, target), before);
    return on.source === START ? placed : withStep(placed, on.source, one => ({ ...one, [on.exit]: id }));
  });
  return { doc: added, ids: [id] };
}

/** Add a step behind another one, on the way that it goes by when all goes well; behind one that ends, on its own. */
export function addAfter(doc: Doc, step: AnyStep, after: string | null): Added {
  const before = after === null ? undefined : stepOf(doc, after);
  const exit = before && mainExit(before.kind);
  if (before && exit) return addStep(doc, step, { source: before.id, exit });
  return addStep(doc, step, stepsOf(doc).length === 0 ? { source: START, exit: "start" } : null);
}

/**
 * Take steps out. With `bridge`, what led to one of them leads to where it went on by its main exit; without, to the
 * end, or nowhere where nothing has to follow.
 */
export function removeSteps(doc: Doc, ids: readonly string[], bridge = true): Doc {
  const gone = new Set(ids);
  const exits = exitsIn(doc);
  const behind = (id: string, seen: ReadonlySet<string> = new Set()): string | null => {
    if (!gone.has(id)) return id;
    const onward = exits.get(id)?.[0]?.target ?? null;
    if (!bridge || onward === null || seen.has(id)) return null;
    return behind(onward, new Set([...seen, id]));
  };
  const first = stepsOf(doc)[0]?.id;
  const start = first !== undefined && gone.has(first) ? behind(first) : null;
  return keepingMeaning(doc, explicit => {
    const left = stepsOf(explicit).filter(one => !gone.has(one.id));
    const heads = left.filter(one => one.id === start);
    return withSteps(
      explicit,
      pointed([...heads, ...left.filter(one => one.id !== start)], target => behind(target)),
    );
  });
}

/** Call a step something else, everywhere. */
export function renameStep(doc: Doc, id: string, name: string): Doc {
  if (id === name || idsOf(doc).has(name)) return doc;
  const steps = stepsOf(doc).map(one => (one.id === id ? { ...one, id: name } : one));
  return withSteps(
    doc,
    pointed(steps, target => (target === id ? name : target)),
  );
}

/** Give a step other fields; undefined takes one away. */
export function setFields(doc: Doc, id: string, fields: Readonly<Record<string, unknown>>): Doc {
  return withStep(doc, id, step => {
    const merged = Object.entries({ ...step, ...fields }).filter(([, value]) => value !== undefined);
    return Object.fromEntries(merged) as AnyStep;
  });
}

/** Bring the steps into another order; what each leads to stays. Ids that are not named keep their place behind. */
export function reorder(doc: Doc, order: readonly string[]): Doc {
  const place = new Map(order.map((id, at) => [id, at]));
  const rank = (step: AnyStep) => place.get(step.id) ?? order.length;
  return keepingMeaning(doc, explicit =>
    withSteps(
      explicit,
      stepsOf(explicit).toSorted((one, other) => rank(one) - rank(other)),
    ),
  );
}

/** Declare a variable, once. */
export function declareVariable(
  doc: Doc,
  variable: { readonly name: string } & Readonly<Record<string, unknown>>,
): Doc {
  const declared = Array.isArray(doc.variables) ? doc.variables : [];
  if (declared.some(one => (one as { name?: unknown } | null)?.name === variable.name)) return doc;
  return { ...doc, variables: [...declared, variable] };
}

function targetOf(doc: Doc, on: OnWay): string {
  if (on.source === START) return stepsOf(doc)[0]?.id ?? END;
  return (
    exitsIn(doc)
      .get(on.source)
      ?.find(exit => exit.name === on.exit)?.target ?? END
  );
}

/** A new step that goes on to a target wherever it has to go on. */
function leading(step: AnyStep, target: string): AnyStep {
  const needed = exitsOfKind(step.kind).filter(exit => exit.otherwise === "following" || exit.otherwise === "nowhere");
  const led = Object.fromEntries(needed.map((exit, at) => [exit.name, at === 0 ? target : END]));
  return { ...step, ...led };
}

function ended(step: AnyStep): AnyStep {
  return exitsOfKind(step.kind).reduce((made, exit) => (step[exit.name] ? made : cut(made, exit.name)), step);
}

/** Put a step into the list: behind another one, at the front (an empty id), or at the end (null). */
function listed(doc: Doc, step: AnyStep, behind: string | null): Doc {
  const steps = stepsOf(doc);
  const at = behind === null ? steps.length : steps.findIndex(one => one.id === behind) + 1;
  return withSteps(doc, steps.toSpliced(at, 0, step));
}

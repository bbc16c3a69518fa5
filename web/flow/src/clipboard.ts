/** Steps on the clipboard: taken along with the ways between them. */

import { pointed } from "./connecting";
import { type AnyStep, type Doc, END, freeId, idsOf, stepsOf, withSteps } from "./document";
import type { Added } from "./editing";
import { keepingMeaning, spelledOut } from "./meaning";
import type { Positions } from "./positions";

export interface Clip {
  readonly deskhand: "steps";
  readonly steps: readonly AnyStep[];
  readonly positions: Positions;
}

/** Steps as they are taken along; every `next` among them is written out. */
export function copySteps(doc: Doc, ids: readonly string[], positions: Positions): Clip {
  const wanted = new Set(ids);
  const steps = stepsOf(spelledOut(doc)).filter(one => wanted.has(one.id));
  const places = Object.entries(positions).filter(([id]) => wanted.has(id));
  return { deskhand: "steps", steps, positions: Object.fromEntries(places) };
}

/** What a text on the clipboard holds; null where it is something else. */
export function readClip(text: string): Clip | null {
  try {
    const value = JSON.parse(text) as Partial<Clip> | null;
    if (value?.deskhand !== "steps" || !Array.isArray(value.steps)) return null;
    return { deskhand: "steps", steps: stepsOf({ steps: value.steps }), positions: value.positions ?? {} };
  } catch {
    return null; // any text can lie on a clipboard
  }
}

export interface Pasted extends Added {
  /** The new ids by the copied ones. */
  readonly names: ReadonlyMap<string, string>;
}

/** Add copied steps: with ids of their own, ways among them kept, ways to others only where those exist here. */
export function pasteSteps(doc: Doc, clip: Clip): Pasted {
  const taken = new Set(idsOf(doc));
  const here = idsOf(doc);
  const names = new Map<string, string>();
  for (const { id } of clip.steps) {
    const name = freeId(taken, id);
    taken.add(name);
    names.set(id, name);
  }
  const renamed = clip.steps.map(one => ({ ...one, id: names.get(one.id) ?? one.id }));
  const made = pointed(renamed, target => names.get(target) ?? (here.has(target) || target === END ? target : null));
  const pasted = keepingMeaning(doc, explicit => withSteps(explicit, [...stepsOf(explicit), ...made]));
  return { doc: pasted, ids: [...names.values()], names };
}

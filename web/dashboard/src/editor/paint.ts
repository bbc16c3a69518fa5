/** A way through a procedure, as the canvas shows it: a simulation's, a preview's, or a run's that took place. */

import type { Branch, Paint, Visit } from "@deskhand/contract";

export interface PaintedStep {
  /** The places in the way, from 1: a step in a loop has several. */
  readonly order: readonly number[];
  readonly outcome: Visit["outcome"];
  readonly visits: readonly Visit[];
}

/** What the canvas needs: steps by their id, branches by `branchKey`. */
export interface CanvasPaint {
  readonly steps: ReadonlyMap<string, PaintedStep>;
  readonly taken: ReadonlySet<string>;
  readonly never: ReadonlySet<string>;
  /** The step at which somebody looks now. */
  readonly current: string | null;
}

export function branchKey(branch: Branch): string {
  return `${branch.step} ${branch.exit} ${branch.to}`;
}

/** The paint of a procedure's own steps, those of sub-procedures aside; `at` is the visit that is looked at. */
export function canvasPaint(paint: Paint, slug: string, at: number | null): CanvasPaint {
  const steps = new Map<string, PaintedStep>();
  paint.visits.forEach((visit, index) => {
    if (!visit.step || visit.procedure !== slug) return;
    const known = steps.get(visit.step);
    steps.set(visit.step, {
      order: [...(known?.order ?? []), index + 1],
      outcome: visit.outcome,
      visits: [...(known?.visits ?? []), visit],
    });
  });
  const looked = at === null ? undefined : paint.visits[at];
  return {
    steps,
    taken: new Set(paint.taken.map(branchKey)),
    never: new Set(paint.never.map(branchKey)),
    current: looked?.step || null,
  };
}

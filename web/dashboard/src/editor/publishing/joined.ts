/** Two versions of a procedure in one drawing: the newer one, with the steps that it has no more. */

import type { StepChange } from "@deskhand/contract";
import {
  type AnyStep,
  type Doc,
  FINISH,
  freePlace,
  graphOf,
  layoutMissing,
  marks,
  type Position,
  type Positions,
  START,
  stepsOf,
  type Way,
} from "@deskhand/flow";

export interface Side {
  readonly document: Doc;
  readonly positions: Positions;
}

export interface JoinedStep {
  readonly step: AnyStep;
  readonly place: Position;
  /** Null for a step that is as it was. */
  readonly change: StepChange | null;
}

export interface JoinedWay extends Way {
  /** Whether it led to or from a step that is gone. */
  readonly gone: boolean;
}

export interface Joined {
  readonly steps: readonly JoinedStep[];
  readonly ways: readonly JoinedWay[];
  readonly start: Position;
  readonly finish: Position;
}

export function joined(before: Side, after: Side, changes: readonly StepChange[]): Joined {
  const [was, now] = [graphOf(before.document), graphOf(after.document)];
  const here = new Set(now.steps);
  const gone = new Set(was.steps.filter(id => !here.has(id)));
  const positions = layoutMissing(now, after.positions);
  const old = layoutMissing(was, before.positions);
  const places: Record<string, Position> = { ...positions };
  for (const id of gone) places[id] = freePlace(old[id] ?? { x: 0, y: 0 }, Object.values(places));
  const changed = new Map(changes.map(one => [one.step, one]));
  const drawn = [...stepsOf(after.document), ...stepsOf(before.document).filter(one => gone.has(one.id))];
  const steps = new Map(
    drawn.map(step => [step.id, { step, place: places[step.id] as Position, change: changed.get(step.id) ?? null }]),
  );
  const lost = was.ways.filter(way => gone.has(way.source) || gone.has(way.target));
  const known = new Set([START, FINISH, ...steps.keys()]);
  const { start, finish } = marks(now, positions);
  return {
    steps: [...steps.values()],
    ways: [
      ...now.ways.map(way => ({ ...way, gone: false })),
      ...lost
        .filter(way => known.has(way.source) && known.has(way.target))
        .map(way => ({ ...way, id: `was ${way.id}`, gone: true })),
    ],
    start,
    finish: { ...finish, y: Math.max(finish.y, ...Object.values(places).map(one => one.y + BELOW)) },
  };
}

/** How far below the lowest step the end stands. */
const BELOW = 156;

/** Procedures as graphs: edits, layout, undo. No React, no screen. */

export { type Clip, copySteps, type Pasted, pasteSteps, readClip } from "./clipboard";
export { begunBy, connect, cut, disconnect } from "./connecting";
export {
  type AnyStep,
  type Doc,
  END,
  freeId,
  idsOf,
  isDrawable,
  type Kind,
  STEP_ID,
  type Step,
  stepOf,
  stepsOf,
  withStep,
  withSteps,
} from "./document";
export {
  type Added,
  addAfter,
  addStep,
  declareVariable,
  type OnWay,
  removeSteps,
  renameStep,
  reorder,
  setFields,
} from "./editing";
export { EXITS, type Exit, type ExitName, type ExitSpec, exitsIn, exitsOf, exitsOfKind, mainExit } from "./exits";
export { FINISH, type Graph, graphOf, reachable, START, type Way, wayId } from "./graph";
export { begin, type History, MOST_KEPT, record, redo, undo } from "./history";
export { freePlace, layoutAll, layoutMissing, marks } from "./layout";
export { keepingMeaning, spelledOut } from "./meaning";
export { type Clash, type Merged, merge, same } from "./merging";
export { GRID, HEIGHT, MARK, type Position, type Positions, snapped, WIDTH } from "./positions";
export { type Direction, neighbour } from "./walking";

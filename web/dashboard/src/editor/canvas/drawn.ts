/** The document as React Flow draws it; what did not change keeps its object, so that it is not drawn anew. */

import {
  type AnyStep,
  type Doc,
  type Exit,
  type ExitName,
  exitsIn,
  FINISH,
  type Graph,
  graphOf,
  HEIGHT,
  MARK,
  marks,
  type Positions,
  reachable,
  START,
  stepsOf,
  WIDTH,
} from "@deskhand/flow";
import { type Edge, MarkerType, type Node } from "@xyflow/react";
import { branchKey, type CanvasPaint } from "../paint";
import { exitLabel, type SayStep, uiOf } from "../steps";

export interface StepData extends Record<string, unknown> {
  readonly step: AnyStep;
  readonly exits: readonly Exit[];
  readonly reachable: boolean;
}

export type StepNodeType = Node<StepData, "step">;
export type MarkNodeType = Node<{ readonly mark: "start" | "finish" }, "mark">;
export type Drawn = StepNodeType | MarkNodeType;

export interface WayData extends Record<string, unknown> {
  readonly painted: "taken" | "never" | null;
  readonly aimed: boolean;
}
export type WayEdgeType = Edge<WayData, "way">;

/** The exits that a node shows: those that are offered, and those that lead somewhere. */
export function shownExits(step: AnyStep, exits: readonly Exit[]): readonly Exit[] {
  const offered = new Set(uiOf(step)?.exits(step) ?? []);
  return exits.filter(exit => offered.has(exit.name) || exit.named);
}

/** Every node, with the objects of `before` kept where they still fit. */
export function nodesOf(
  document: Doc,
  positions: Positions,
  selection: readonly string[],
  before: readonly Drawn[],
): Drawn[] {
  const graph = graphOf(document);
  const known = new Map(before.map(node => [node.id, node]));
  const exits = exitsIn(document);
  const reached = reachable(graph);
  const chosen = new Set(selection);
  const steps = stepsOf(document).map(step => {
    const made: StepNodeType = {
      id: step.id,
      type: "step",
      position: positions[step.id] ?? { x: 0, y: 0 },
      initialWidth: WIDTH,
      initialHeight: HEIGHT,
      selected: chosen.has(step.id),
      data: { step, exits: shownExits(step, exits.get(step.id) ?? []), reachable: reached.has(step.id) },
    };
    return kept(known.get(step.id), made);
  });
  return [...steps, ...markNodes(graph, positions, known)];
}

function markNodes(graph: Graph, positions: Positions, known: ReadonlyMap<string, Drawn>): Drawn[] {
  const places = marks(graph, positions);
  const size = { initialWidth: MARK.width, initialHeight: MARK.height } as const;
  const fixed = { type: "mark", draggable: false, selectable: false, deletable: false, ...size } as const;
  const start: MarkNodeType = { ...fixed, id: START, position: places.start, data: { mark: "start" } };
  const finish: MarkNodeType = { ...fixed, id: FINISH, position: places.finish, data: { mark: "finish" } };
  return [kept(known.get(START), start), kept(known.get(FINISH), finish)];
}

function kept(old: Drawn | undefined, made: Drawn): Drawn {
  if (!old) return made;
  const place = old.position.x === made.position.x && old.position.y === made.position.y;
  const data = sameData(old, made);
  if (place && data && (old.selected ?? false) === (made.selected ?? false)) return old;
  const joined = { ...old, position: made.position, selected: made.selected, data: data ? old.data : made.data };
  return joined as Drawn;
}

function sameData(old: Drawn, made: Drawn): boolean {
  if (old.type !== "step" || made.type !== "step") return old.type === made.type;
  const { step, exits, reachable: reached } = made.data;
  if (old.data.step !== step || old.data.reachable !== reached || old.data.exits.length !== exits.length) return false;
  return old.data.exits.every((one, at) => one.name === exits[at]?.name && one.target === exits[at]?.target);
}

interface Look {
  readonly say: SayStep;
  readonly selected: string | null;
  readonly aimed: string | null;
  readonly paint: CanvasPaint | null;
}

/** Every way as an edge. */
export function edgesOf(document: Doc, look: Look): WayEdgeType[] {
  const steps = new Map(stepsOf(document).map(one => [one.id, one]));
  return graphOf(document).ways.map(way => {
    const step = steps.get(way.source);
    const label = step && way.exit !== "start" ? wayLabel(look.say, step, way.exit) : undefined;
    return {
      id: way.id,
      type: "way",
      source: way.source,
      sourceHandle: way.exit,
      target: way.target,
      targetHandle: "in",
      selected: way.id === look.selected,
      label,
      ariaLabel: look.say("wayTo", { source: way.source, target: way.target }),
      markerEnd: { type: MarkerType.ArrowClosed, width: 16, height: 16 },
      data: { painted: paintOf(look.paint, way.source, way.exit, way.target), aimed: way.id === look.aimed },
      reconnectable: way.exit === "start" ? false : "target",
      className: `exit-${way.exit}`,
    };
  });
}

/** What stands on a way; the plain one to the next step says nothing. */
function wayLabel(say: SayStep, step: AnyStep, exit: ExitName): string | undefined {
  const label = exitLabel(say, step, exit);
  return label === say("exitNext") ? undefined : label;
}

function paintOf(paint: CanvasPaint | null, step: string, exit: string, to: string): WayData["painted"] {
  if (!paint) return null;
  const key = branchKey({ step, exit, to });
  return paint.taken.has(key) || (exit === "start" && paint.steps.has(to)) ? "taken" : "never";
}

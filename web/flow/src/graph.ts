/** A document as a graph: steps and the ways between them. */

import { type Doc, END, stepsOf } from "./document";
import { type Exit, type ExitName, exitsIn } from "./exits";

/** The mark above the first step. */
export const START = "start:";
/** The mark where runs end; a step cannot have this id. */
export const FINISH = END;

export interface Way {
  readonly id: string;
  readonly source: string;
  readonly exit: ExitName | "start";
  readonly target: string;
}

export interface Graph {
  readonly steps: readonly string[];
  readonly ways: readonly Way[];
  /** Ways that name a step that does not exist. */
  readonly broken: readonly Way[];
}

export function wayId(source: string, exit: string): string {
  return `${source}>${exit}`;
}

/** The graph of a document, with the way from the start mark to the first step. */
export function graphOf(doc: Doc): Graph {
  const steps = stepsOf(doc).map(one => one.id);
  const known = new Set([...steps, END]);
  const all = [...exitsIn(doc)].flatMap(([source, exits]) => exits.flatMap(exit => wayOf(source, exit)));
  const first = steps[0] ?? FINISH;
  const start: Way = { id: wayId(START, "start"), source: START, exit: "start", target: first };
  return {
    steps,
    ways: [start, ...all.filter(one => known.has(one.target))],
    broken: all.filter(one => !known.has(one.target)),
  };
}

/** The steps that a run can come to. */
export function reachable(graph: Graph): ReadonlySet<string> {
  const next = new Map<string, Way[]>();
  for (const way of graph.ways) next.set(way.source, [...(next.get(way.source) ?? []), way]);
  const found = new Set<string>();
  const open = [START];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const way of next.get(at) ?? []) {
      if (found.has(way.target)) continue;
      found.add(way.target);
      open.push(way.target);
    }
  }
  return found;
}

function wayOf(source: string, exit: Exit): readonly Way[] {
  if (exit.target === null) return [];
  return [{ id: wayId(source, exit.name), source, exit: exit.name, target: exit.target }];
}

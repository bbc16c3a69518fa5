/** From step to step by the arrow keys. */

import { FINISH, type Graph, START } from "./graph";
import type { Positions } from "./positions";

export type Direction = "up" | "down" | "left" | "right";

/** The step that lies that way: down and up follow the ways, left and right go to what stands beside. */
export function neighbour(graph: Graph, places: Positions, from: string | null, direction: Direction): string | null {
  if (from === null) return graph.steps[0] ?? null;
  if (direction === "down") return ahead(graph, from) ?? beside(graph, places, from, "down");
  if (direction === "up") return back(graph, from) ?? beside(graph, places, from, "up");
  return beside(graph, places, from, direction);
}

function ahead(graph: Graph, from: string): string | null {
  const way = graph.ways.find(one => one.source === from && one.target !== FINISH);
  return way && way.target !== from ? way.target : null;
}

function back(graph: Graph, from: string): string | null {
  return graph.ways.find(one => one.target === from && one.source !== START && one.source !== from)?.source ?? null;
}

function beside(graph: Graph, places: Positions, from: string, direction: Direction): string | null {
  const here = places[from];
  if (!here) return null;
  const [dx, dy] = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] }[direction] as [number, number];
  let best: string | null = null;
  let nearest = Number.POSITIVE_INFINITY;
  for (const id of graph.steps) {
    const there = places[id];
    if (!there || id === from) continue;
    const [x, y] = [there.x - here.x, there.y - here.y];
    const along = x * dx + y * dy;
    const across = Math.abs(x * dy) + Math.abs(y * dx);
    const distance = along + 2.5 * across;
    if (along > 0 && across <= 2 * along && distance < nearest) [best, nearest] = [id, distance];
  }
  return best;
}

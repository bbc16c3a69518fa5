/** Where steps are drawn: all laid out from top to bottom, or only those that have no place yet. */

import { layout as arrange, Graph as Dagre } from "@dagrejs/dagre";
import { FINISH, type Graph, START, type Way } from "./graph";
import { HEIGHT, MARK, type Position, type Positions, snapped, WIDTH } from "./positions";

const BETWEEN = { nodesep: 48, ranksep: 72, edgesep: 24 } as const;

/** Every step in layers from top to bottom, in the order of the list. */
export function layoutAll(graph: Graph): Positions {
  const drawn = new Dagre({ multigraph: true });
  drawn.setGraph({ rankdir: "TB", ...BETWEEN });
  drawn.setDefaultEdgeLabel(() => ({}));
  drawn.setNode(START, { ...MARK });
  for (const id of graph.steps) drawn.setNode(id, { width: WIDTH, height: HEIGHT });
  drawn.setNode(FINISH, { ...MARK });
  for (const way of graph.ways) drawn.setEdge(way.source, way.target, { weight: weight(way) }, way.exit);
  arrange(drawn);
  const placed = graph.steps.map(id => {
    const { x, y } = drawn.node(id) as Position;
    return [id, snapped({ x: x - WIDTH / 2, y: y - HEIGHT / 2 })] as const;
  });
  return Object.fromEntries(placed);
}

/** The positions with those of new steps added; whatever has a place stays there. */
export function layoutMissing(graph: Graph, known: Positions): Positions {
  const missing = graph.steps.filter(id => !known[id]);
  if (missing.length === graph.steps.length) return layoutAll(graph);
  const here = new Set(graph.steps);
  const places: Record<string, Position> = Object.fromEntries(Object.entries(known).filter(([id]) => here.has(id)));
  for (const id of missing) places[id] = snapped(freePlace(wantedPlace(graph, places, id), Object.values(places)));
  return places;
}

/** Where the marks stand: above the first step, and below everything that ends. */
export function marks(graph: Graph, places: Positions): { readonly start: Position; readonly finish: Position } {
  const first = places[graph.steps[0] ?? ""] ?? { x: 0, y: 0 };
  const lowest = Math.max(0, ...Object.values(places).map(one => one.y));
  const enders = graph.ways.filter(way => way.target === FINISH).flatMap(way => places[way.source] ?? []);
  const middle = enders.length > 0 ? enders.reduce((sum, one) => sum + one.x, 0) / enders.length : first.x;
  const indent = (WIDTH - MARK.width) / 2;
  return {
    start: { x: first.x + indent, y: first.y - MARK.height - 48 },
    finish: { x: middle + indent, y: (graph.steps.length > 0 ? lowest + HEIGHT : 0) + 72 },
  };
}

/** The nearest place to the right of a wanted one where nothing stands. */
export function freePlace(wanted: Position, taken: readonly Position[]): Position {
  const meets = ({ x, y }: Position) =>
    taken.some(other => Math.abs(other.x - x) < WIDTH + 16 && Math.abs(other.y - y) < HEIGHT + 16);
  let place = wanted;
  for (let tries = 0; meets(place) && tries < 500; tries += 1) place = { x: place.x + 32, y: place.y };
  return place;
}

function wantedPlace(graph: Graph, places: Positions, id: string): Position {
  const before = graph.ways.find(way => way.target === id && places[way.source]);
  const above = before && places[before.source];
  if (above) return { x: above.x, y: above.y + HEIGHT + BETWEEN.ranksep };
  const behind = graph.ways.find(way => way.source === id && places[way.target]);
  const below = behind && places[behind.target];
  if (below) return { x: below.x, y: below.y - HEIGHT - BETWEEN.ranksep };
  const all = Object.values(places);
  return { x: Math.min(...all.map(one => one.x)), y: Math.max(...all.map(one => one.y)) + HEIGHT + BETWEEN.ranksep };
}

/** The main line stays straight; what seldom happens bends. */
function weight({ exit }: Way): number {
  return exit === "next" || exit === "then" || exit === "start" ? 4 : 1;
}

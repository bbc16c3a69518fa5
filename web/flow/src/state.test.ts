import { describe, expect, it } from "vitest";
import {
  addAfter,
  begin,
  type Doc,
  freePlace,
  graphOf,
  HEIGHT,
  layoutAll,
  layoutMissing,
  MOST_KEPT,
  marks,
  merge,
  neighbour,
  record,
  redo,
  removeSteps,
  setFields,
  stepOf,
  stepsOf,
  undo,
} from "./index";

const base: Doc = {
  name: "Three",
  steps: [
    { id: "one", kind: "message", text: "1" },
    { id: "two", kind: "message", text: "2" },
    { id: "three", kind: "message", text: "3" },
  ],
};

describe("layout", () => {
  it("puts steps from top to bottom, none upon another", () => {
    const places = layoutAll(graphOf(base));
    const tops = ["one", "two", "three"].map(id => places[id]?.y ?? 0);
    expect(tops.toSorted((a, b) => a - b)).toEqual(tops);
    expect((tops[1] ?? 0) - (tops[0] ?? 0)).toBeGreaterThan(HEIGHT);
  });

  it("leaves every step that has a place where it is", () => {
    const places = { one: { x: 400, y: 8 }, two: { x: -80, y: 640 }, three: { x: 0, y: 1000 } };
    const { doc } = addAfter(base, { id: "new", kind: "message" }, "one");
    const after = layoutMissing(graphOf(doc), places);
    expect(after).toMatchObject(places);
    expect(after.new?.y).toBeGreaterThan(8);
  });

  it("forgets the places of steps that are gone", () => {
    const places = layoutAll(graphOf(base));
    expect(Object.keys(layoutMissing(graphOf(removeSteps(base, ["two"])), places))).toEqual(["one", "three"]);
  });

  it("finds a place where nothing stands", () => {
    const taken = [{ x: 0, y: 0 }];
    const { x, y } = freePlace({ x: 0, y: 0 }, taken);
    expect(x).toBeGreaterThanOrEqual(240);
    expect(y).toBe(0);
  });

  it("marks the beginning above the first step and the end below all of them", () => {
    const places = layoutAll(graphOf(base));
    const { start, finish } = marks(graphOf(base), places);
    expect(start.y).toBeLessThan(places.one?.y ?? 0);
    expect(finish.y).toBeGreaterThan(places.three?.y ?? 0);
  });
});

describe("walking", () => {
  const graph = graphOf(base);
  const places = { one: { x: 0, y: 0 }, two: { x: 0, y: 200 }, three: { x: 400, y: 200 } };

  it("follows the ways down and up, and begins with the first step", () => {
    expect(neighbour(graph, places, null, "down")).toBe("one");
    expect(neighbour(graph, places, "one", "down")).toBe("two");
    expect(neighbour(graph, places, "two", "up")).toBe("one");
  });

  it("goes to what stands beside, and stays at the border", () => {
    expect(neighbour(graph, places, "two", "right")).toBe("three");
    expect(neighbour(graph, places, "three", "left")).toBe("two");
    expect(neighbour(graph, places, "three", "right")).toBeNull();
  });
});

describe("history", () => {
  it("goes back and forth, and a new change ends the way forth", () => {
    let history = record(record(begin(0), 1, null, 0), 2, null, 0);
    history = undo(undo(history));
    expect(history.present).toBe(0);
    expect(redo(history).present).toBe(1);
    expect(redo(record(history, 9, null, 0)).present).toBe(9);
  });

  it("takes typing in one field as one change, and not after a pause or in another field", () => {
    const typed = record(record(begin("a"), "ab", "text", 0), "abc", "text", 500);
    expect(undo(typed).present).toBe("a");
    expect(undo(record(typed, "abcd", "text", 60_000)).present).toBe("abc");
    expect(undo(record(typed, "x", "other", 600)).present).toBe("abc");
  });

  it("keeps only so much", () => {
    let history = begin(0);
    for (let change = 1; change <= MOST_KEPT + 50; change += 1) history = record(history, change, null, change);
    expect(history.past).toHaveLength(MOST_KEPT);
    expect(history.past[0]).toBe(50);
  });
});

describe("merging two people's changes", () => {
  it("joins changes of different steps", () => {
    const mine = setFields(base, "one", { text: "mine" });
    const theirs = { ...setFields(base, "two", { text: "theirs" }), name: "Renamed" };
    const { doc, clashes } = merge(base, mine, theirs);
    expect(clashes).toEqual([]);
    expect([doc.name, ...stepsOf(doc).map(one => one.text)]).toEqual(["Renamed", "mine", "theirs", "3"]);
  });

  it("keeps mine where both changed the same step, and names it", () => {
    const mine = setFields(base, "one", { text: "mine" });
    const { doc, clashes } = merge(base, mine, setFields(base, "one", { text: "theirs" }));
    expect(clashes).toEqual([{ kind: "step", name: "one" }]);
    expect(stepOf(doc, "one")?.text).toBe("mine");
  });

  it("joins steps that were added and taken out, with their ways", () => {
    const mine = addAfter(base, { id: "new", kind: "message", text: "n" }, "one").doc;
    const { doc, clashes } = merge(base, mine, removeSteps(base, ["three"]));
    expect(clashes).toEqual([]);
    expect(graphOf(doc).ways.map(way => `${way.source} ${way.target}`)).toEqual([
      "start: one",
      "one new",
      "new two",
      "two end",
    ]);
  });

  it("finds no clash where both made the same change", () => {
    const same = setFields(base, "one", { text: "same" });
    expect(merge(base, same, setFields(base, "one", { text: "same" })).clashes).toEqual([]);
  });
});

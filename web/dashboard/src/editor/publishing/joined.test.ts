import type { StepChange } from "@deskhand/contract";
import { describe, expect, it } from "vitest";
import { joined } from "./joined";

const step = (id: string, more: object = {}) => ({ id, kind: "message", text: id, ...more });
const side = (...steps: object[]) => ({ document: { steps }, positions: {} });
const change = (of: string, what: StepChange["change"]): StepChange => ({
  step: of,
  kind: "message",
  change: what,
  moved: false,
  fields: [],
});

describe("two versions in one drawing", () => {
  const drawn = joined(side(step("hello"), step("ask"), step("bye")), side(step("hello"), step("offer"), step("bye")), [
    change("offer", "added"),
    change("ask", "removed"),
  ]);

  it("shows what is gone beside what is there, each in a place of its own", () => {
    expect(drawn.steps.map(one => [one.step.id, one.change?.change ?? null])).toEqual([
      ["hello", null],
      ["offer", "added"],
      ["bye", null],
      ["ask", "removed"],
    ]);
    expect(new Set(drawn.steps.map(({ place }) => `${place.x} ${place.y}`)).size).toBe(4);
  });

  it("keeps the ways to and from what is gone", () => {
    const gone = drawn.ways.filter(way => way.gone).map(way => `${way.source} ${way.target}`);
    expect(gone).toEqual(["hello ask", "ask bye"]);
    expect(new Set(drawn.ways.map(way => way.id)).size).toBe(drawn.ways.length);
  });

  it("draws a draft that two steps have the same id in", () => {
    const twice = joined(side(), side(step("hello"), step("hello")), []);
    expect(twice.steps.map(one => one.step.id)).toEqual(["hello"]);
    expect(new Set(twice.ways.map(way => way.id)).size).toBe(twice.ways.length);
  });
});

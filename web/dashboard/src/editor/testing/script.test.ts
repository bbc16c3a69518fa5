import type { Visit } from "@deskhand/contract";
import { describe, expect, it } from "vitest";
import { canvasPaint } from "../paint";
import { answered, begun, EMPTY, nthVisit, responding, responseOf, takenBack, typed, usual, usualName } from "./script";

const visit = (step: string, more: Partial<Visit> = {}): Visit => ({
  procedure: "refund",
  step,
  before: {},
  after: {},
  said: [],
  acts: [],
  outcome: "passed",
  waited_for: [],
  ...more,
});

describe("a script", () => {
  it("takes answers one after the other, and takes the later ones back", () => {
    const twice = answered(answered(EMPTY, "order_id", "A1"), "order_id", "A2");
    expect(twice.inputs).toEqual({ order_id: ["A1", "A2"] });
    expect(takenBack(twice, "order_id", 1).inputs).toEqual({ order_id: ["A1"] });
    expect(takenBack(twice, "order_id", 0).inputs).toEqual({});
  });

  it("goes on from a single answer of a test", () => {
    expect(answered({ ...EMPTY, inputs: { order_id: "A1" } }, "order_id", "A2").inputs.order_id).toEqual(["A1", "A2"]);
  });

  it("answers the second call differently and leaves the first as it was", () => {
    const mock = { status: 404, body: null, failure: null };
    const changed = responding(EMPTY, "look_up", 1, mock, { total: 5 });
    expect(responseOf(changed, "look_up", 0)).toEqual({ status: 200, body: { total: 5 }, failure: null });
    expect(responseOf(changed, "look_up", 1)).toBe(mock);
    expect(responseOf(responding(changed, "look_up", 1, null, 7), "look_up", 1)?.body).toBe(7);
  });

  it("knows a time-out by its failure and a 404 by its status", () => {
    expect(usualName({ status: 200, failure: "timeout" })).toBe("timeout");
    expect(usualName({ status: 404, body: { other: true } })).toBe("404");
    expect(usualName({ status: 418 })).toBeNull();
    expect(usual("404")).toEqual({ status: 404, body: { error: "Not found" }, failure: null });
    expect(usual("sample")).toBeNull();
  });

  it("gives numbers as numbers and leaves what is none alone", () => {
    expect(typed(" 42 ", "integer")).toBe(42);
    expect(typed("forty", "number")).toBe("forty");
    expect(typed("0042", "text")).toBe("0042");
    expect(typed('{"a": 1}', "json")).toEqual({ a: 1 });
  });
});

describe("the paint", () => {
  const visits = [visit("ask"), visit("look_up"), visit("ask"), visit("inner", { procedure: "verify" })];

  it("numbers a step in a loop as often as it was visited, and leaves other procedures out", () => {
    const taken = [{ step: "ask", exit: "next", to: "look_up" }];
    const painted = canvasPaint({ visits, taken, never: [] }, "refund", 1);
    expect(painted.steps.get("ask")?.order).toEqual([1, 3]);
    expect([...painted.steps.keys()]).toEqual(["ask", "look_up"]);
    expect(painted.current).toBe("look_up");
    expect(painted.taken.has("ask next look_up")).toBe(true);
  });

  it("counts visits of the same step alone", () => {
    expect(nthVisit(visits, 2)).toBe(1);
    expect(nthVisit(visits, 3)).toBe(0);
  });
});

it("begins anew as the same customer", () => {
  const who = { contact: { first_name: "Ada", attributes: {} }, agent: "sales", language: "de" };
  const script = answered({ ...EMPTY, ...who }, "order_id", "A1");
  expect(begun(script)).toEqual({ ...EMPTY, ...who });
  expect(begun(script, { ...EMPTY, inputs: { order_id: "A2" } })).toEqual({
    ...EMPTY,
    ...who,
    inputs: { order_id: "A2" },
  });
});

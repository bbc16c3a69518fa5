import { expect, it } from "vitest";
import { inOrder } from "./stepOrder";

const figures = (step: string, entered: number) => ({
  step,
  entered,
  left: entered,
  here: 0,
  stopped: 0,
  visits: entered,
});

it("puts steps in the document's order, and what it does not know behind", () => {
  const steps = [figures("gone", 9), figures("pay", 5), figures("ask", 5)];

  expect(inOrder(steps, { steps: [{ id: "ask" }, { id: "pay" }, { id: "done" }] }).map(one => one.step)).toEqual([
    "ask",
    "pay",
    "gone",
  ]);
  expect(inOrder(steps, undefined)).toEqual(steps);
});

import { expect, it } from "vitest";
import { placed, span } from "./placing";

const YAML = "name: Refund\nsteps:\n  - id: ask\n    kind: collect\n\n  - kind: call\n    id: pay\n";
const about = (sentence: string, step: string | null) => ({ sentence, step, severity: "error" });

it("takes the line that the problem itself names", () => {
  expect(placed(YAML, about("line 4, column 2: this cannot be read.", null))).toMatchObject({
    line: 4,
    sentence: "this cannot be read.",
  });
});

it("finds the line of the step, wherever its id stands", () => {
  expect(placed(YAML, about("`variable` is missing.", "ask")).line).toBe(3);
  expect(placed(YAML, about("`url` is missing.", "pay")).line).toBe(7);
  expect(placed(YAML, about("unreachable.", "p.y")).line).toBeNull();
});

it("marks the whole line, and none beyond the end", () => {
  expect(YAML.slice(span(YAML, 3).from, span(YAML, 3).to)).toBe("  - id: ask");
  expect(span(YAML, 99).to).toBe(YAML.length);
});

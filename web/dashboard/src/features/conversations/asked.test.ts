import { expect, it } from "vitest";
import { NAMES, queryOf } from "./asked";

const nothing = Object.fromEntries(NAMES.map(name => [name, ""])) as Record<(typeof NAMES)[number], string>;

it("asks for everything but tries where the address says nothing", () => {
  expect(queryOf(nothing)).toEqual({ test: false });
});

it("asks for what the address says, and nothing else", () => {
  const filters = { ...nothing, text: "ord 10", status: "open", escalated: "no", test: "too", period: "7" };
  const { since, until, ...query } = queryOf(filters);

  expect(query).toEqual({ text: "ord 10", status: "open", escalated: false });
  expect(Date.parse(String(until)) - Date.parse(String(since))).toBeGreaterThan(6 * 86_400_000);
});

import { describe, expect, it } from "vitest";
import { dateText, daysIn, isPeriod, spanOf } from "./period";

const NOW = new Date(2026, 2, 15, 13, 45);

function days(name: Parameters<typeof spanOf>[0], since = "", until = ""): readonly [string, string] {
  const found = spanOf(name, since, until, NOW);
  return [dateText(new Date(found.since)), dateText(new Date(found.until))];
}

describe("a period", () => {
  it("ends with today and begins so many days before", () => {
    expect(days("7")).toEqual(["2026-03-09", "2026-03-16"]);
    expect(days("30")).toEqual(["2026-02-14", "2026-03-16"]);
  });

  it("can be a month", () => {
    expect(days("month")).toEqual(["2026-03-01", "2026-03-16"]);
    expect(days("lastMonth")).toEqual(["2026-02-01", "2026-03-01"]);
  });

  it("includes the last day of a custom one, in whatever order its ends are given", () => {
    expect(days("custom", "2026-01-02", "2026-01-05")).toEqual(["2026-01-02", "2026-01-06"]);
    expect(days("custom", "2026-01-05", "2026-01-02")).toEqual(["2026-01-02", "2026-01-06"]);
  });

  it("takes what is no date for one that was left out", () => {
    expect(days("custom", "yesterday", "2026-01-30")).toEqual(["2026-01-01", "2026-01-31"]);
    expect(days("custom", "", "")).toEqual(["2026-02-14", "2026-03-16"]);
  });

  it("knows its length and its names", () => {
    expect(daysIn(spanOf("7", "", "", NOW))).toBe(7);
    expect([isPeriod("month"), isPeriod("decade")]).toEqual([true, false]);
  });
});

import { describe, expect, it } from "vitest";
import { DAYS, following, hoursOf, isEmpty, isStretch, OFFICE, type Week, weekOf } from "./week";

const NONE = Object.fromEntries(DAYS.map(day => [day, []])) as unknown as Week;

describe("the hours of live chat", () => {
  it("are shown day by day, and stored with the days that share them", () => {
    const hours = [
      { days: ["mon" as const, "tue" as const], from: "09:00", to: "12:00" },
      { days: ["tue" as const], from: "13:00", to: "17:00" },
    ];
    const week = weekOf(hours);
    expect(week.tue).toEqual([
      { from: "09:00", to: "12:00" },
      { from: "13:00", to: "17:00" },
    ]);
    expect(week.wed).toEqual([]);
    expect(hoursOf(week)).toEqual(hours);
  });

  it("end a day at midnight", () => {
    const week = weekOf([{ days: ["sat"], from: "00:00", to: "24:00" }]);
    expect(week.sat).toEqual([{ from: "00:00", to: "00:00" }]);
    expect(hoursOf(week)).toEqual([{ days: ["sat"], from: "00:00", to: "24:00" }]);
  });

  it("count once where a day has them twice", () => {
    expect(hoursOf({ ...NONE, fri: [OFFICE, OFFICE] })).toEqual([{ days: ["fri"], ...OFFICE }]);
  });

  it("never mean all hours where no day is left", () => {
    expect(hoursOf(NONE)).not.toEqual([]);
    expect(isEmpty(hoursOf(NONE))).toBe(true);
    expect(weekOf(hoursOf(NONE))).toEqual(NONE);
    expect(isEmpty([])).toBe(false);
  });

  it("go on for an hour where a day gets more", () => {
    expect(following(OFFICE)).toEqual({ from: "17:00", to: "18:00" });
    expect(following({ from: "20:00", to: "23:30" })).toEqual({ from: "23:30", to: "00:30" });
    expect(following({ from: "20:00", to: "" })).toEqual(OFFICE);
  });

  it.each([
    [{ from: "09:00", to: "17:00" }, true],
    [{ from: "22:00", to: "02:00" }, true],
    [{ from: "00:00", to: "00:00" }, true],
    [{ from: "09:00", to: "09:00" }, false],
    [{ from: "", to: "17:00" }, false],
    [{ from: "09:00", to: "" }, false],
  ])("%o is a stretch of time: %s", (stretch, expected) => {
    expect(isStretch(stretch)).toBe(expected);
  });
});

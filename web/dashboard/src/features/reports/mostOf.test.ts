import { expect, it } from "vitest";
import { mostOf, OTHERS } from "./mostOf";

const DAYS: Parameters<typeof mostOf>[0] = [
  { day: "2026-03-01", procedures: { refund: 3, lead: 1, day: 2 } },
  { day: "2026-03-02", procedures: { lead: 1 } },
];

it("keeps every kind where there are few", () => {
  expect(mostOf(DAYS, 3)).toEqual({
    keys: ["refund", "lead", "day"],
    days: [
      { day: "2026-03-01", "by refund": 3, "by lead": 1, "by day": 2 },
      { day: "2026-03-02", "by refund": 0, "by lead": 1, "by day": 0 },
    ],
  });
});

it("adds the rare ones up", () => {
  const { keys, days } = mostOf(DAYS, 1);

  expect(keys).toEqual(["refund", OTHERS]);
  expect(days.map(one => one[`by ${OTHERS}`])).toEqual([3, 1]);
});

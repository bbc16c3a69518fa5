/** The hours of live chat, day by day. */

import type { Hours } from "@deskhand/contract";

export const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Day = (typeof DAYS)[number];

/** From a time until another one, such as `09:00` and `17:00`; `00:00` ends the day. */
export interface Stretch {
  readonly from: string;
  readonly to: string;
}

export type Week = Readonly<Record<Day, readonly Stretch[]>>;

export const OFFICE: Stretch = { from: "09:00", to: "17:00" };
export const MOST_STRETCHES = 5;

/** The hours of each day; a field for a time knows no 24:00. */
export function weekOf(hours: readonly Hours[]): Week {
  const of = (day: Day) =>
    hours
      .filter(one => one.days.includes(day))
      .map(({ from, to }): Stretch => ({ from, to: to === "24:00" ? "00:00" : to }));
  return Object.fromEntries(DAYS.map(day => [day, of(day)])) as Record<Day, Stretch[]>;
}

/** The same as the service keeps it: each stretch once, with its days; without any, one of no day, which it refuses. */
export function hoursOf(week: Week): Hours[] {
  const all = new Map<string, Hours>();
  for (const day of DAYS) {
    for (const { from, to } of week[day]) {
      const key = `${from} ${to}`;
      const before = all.get(key) ?? { days: [], from, to: to === "00:00" ? "24:00" : to };
      if (!before.days.includes(day)) all.set(key, { ...before, days: [...before.days, day] });
    }
  }
  // no hours at all would mean: at all hours
  return all.size ? [...all.values()] : [{ ...OFFICE, days: [] }];
}

/** Hours that may follow these: an hour, from their end on. */
export function following({ to }: Stretch): Stretch {
  const hour = (Number(to.slice(0, 2)) + 1) % 24;
  return to ? { from: to, to: `${String(hour).padStart(2, "0")}${to.slice(2)}` } : OFFICE;
}

/** Whether somebody may be there at no time at all. */
export function isEmpty(hours: readonly Hours[]): boolean {
  return hours.some(one => one.days.length === 0);
}

/** Whether it is a stretch of time. */
export function isStretch({ from, to }: Stretch): boolean {
  if (!from || !to) return false;
  return from !== to || (from === "00:00" && to === "00:00");
}

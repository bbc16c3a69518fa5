/** Stretches of time in the viewer's zone, as they stand in the address: `?period=7`, `?period=custom&since=…&until=…`. */

export const PERIODS = ["7", "30", "90", "month", "lastMonth", "custom"] as const;
export type PeriodName = (typeof PERIODS)[number];

export interface Span {
  /** RFC 3339. */
  readonly since: string;
  /** Not in it any more. */
  readonly until: string;
}

/** The viewer's zone, by its IANA name. */
export const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";

const DATE = /^\d{4}-\d{2}-\d{2}$/;

export function isPeriod(name: string): name is PeriodName {
  return (PERIODS as readonly string[]).includes(name);
}

/** From midnight to midnight; a custom period takes two days as `YYYY-MM-DD`, the last of them included. */
export function spanOf(name: PeriodName, since: string, until: string, now = new Date()): Span {
  const day = (offset: number) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + offset);
  const month = (offset: number) => new Date(now.getFullYear(), now.getMonth() + offset, 1);
  if (name === "month") return span(month(0), day(1));
  if (name === "lastMonth") return span(month(-1), month(0));
  if (name !== "custom") return span(day(1 - Number(name)), day(1));
  const last = midnight(until) ?? day(0);
  const first = midnight(since) ?? new Date(last.getFullYear(), last.getMonth(), last.getDate() - 29);
  const [from, to] = first <= last ? [first, last] : [last, first];
  return span(from, new Date(to.getFullYear(), to.getMonth(), to.getDate() + 1));
}

/** How many days a span has. */
export function daysIn({ since, until }: Span): number {
  return Math.round((Date.parse(until) - Date.parse(since)) / 86_400_000);
}

/** A date of the viewer's zone as `YYYY-MM-DD`. */
export function dateText(at: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

function span(since: Date, until: Date): Span {
  return { since: since.toISOString(), until: until.toISOString() };
}

function midnight(date: string): Date | undefined {
  if (!DATE.test(date)) return undefined;
  const found = new Date(`${date}T00:00`);
  return Number.isNaN(found.getTime()) ? undefined : found;
}

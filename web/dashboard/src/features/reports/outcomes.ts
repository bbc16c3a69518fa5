/** What becomes of runs, in the colours that all reports give it. */

import type { Say } from "../../i18n/texts";
import type { Series } from "./Chart";
import type { reports } from "./texts";

export const OUTCOMES = ["completed", "escalated", "cancelled", "failed", "running"] as const;
type Outcome = (typeof OUTCOMES)[number];

const COLOURS: Readonly<Record<Outcome, string>> = {
  completed: "teal.6",
  escalated: "orange.5",
  cancelled: "gray.5",
  failed: "red.6",
  running: "desk.4",
};

export function outcomeSeries(say: Say<typeof reports.en>, outcomes: readonly Outcome[]): Series[] {
  return outcomes.map(name => ({ name, label: say(name), color: COLOURS[name] }));
}

interface RunDay {
  readonly day: string;
  readonly outcomes: Readonly<Record<Outcome, number>>;
}

export function outcomeDays(days: readonly RunDay[]) {
  return days.map(({ day, outcomes }) => ({
    day,
    ...(Object.fromEntries(OUTCOMES.map(name => [name, outcomes[name]])) as Record<Outcome, number>),
  }));
}

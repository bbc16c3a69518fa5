/** What the address asks reports for. */

import { useMemo } from "react";
import { useFilters } from "../../ui/filters";
import { isPeriod, type Span, spanOf, ZONE } from "../../ui/period";

export const NAMES = ["period", "since", "until", "procedure", "agent", "version"] as const;

export interface Asked extends Span {
  readonly zone: string;
  readonly procedure?: string;
  readonly agent?: string;
}

/** The report's query as the address has it: 30 days where it names no period. */
export function useAsked(): Asked {
  const [{ period, since, until, procedure, agent }] = useFilters(NAMES);
  return useMemo(
    () => ({
      ...spanOf(isPeriod(period) ? period : "30", since, until),
      zone: ZONE,
      ...(procedure ? { procedure } : {}),
      ...(agent ? { agent } : {}),
    }),
    [period, since, until, procedure, agent],
  );
}

/** Where a report's table is. */
export function tablePath(name: string, asked: Asked, more: Readonly<Record<string, string>> = {}): string {
  return `/v1/reports/${name}?${new URLSearchParams({ ...asked, ...more, form: "csv" } as Record<string, string>)}`;
}

/** The page that an entry of a conversation's log stands on. */
export function entryPath(conversation: string, seq: number): string {
  return `/conversations/${conversation}#e${seq}`;
}

/** `action:find-order` is what an action is called that an agent used without a procedure. */
export function actionOf(procedure: string): string | undefined {
  return procedure.startsWith("action:") ? procedure.slice("action:".length) : undefined;
}

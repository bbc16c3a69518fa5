/** What the address asks the list for. */

import type { operations } from "@deskhand/contract";
import { useMemo } from "react";
import { type Filters, useFilters } from "../../ui/filters";
import { isPeriod, spanOf } from "../../ui/period";

// biome-ignore format: the address's names at a glance
export const NAMES = [
  "text", "status", "waiting", "procedure", "mode", "reaction", "escalated", "tag", "channel", "agent", "contact", "test",
  "period", "since", "until",
] as const;

export type Name = (typeof NAMES)[number];
export type Query = NonNullable<operations["count_conversations"]["parameters"]["query"]>;

/** The filters behind the button, whose number it shows. */
export const BEHIND: readonly Name[] = ["mode", "reaction", "escalated", "tag", "channel", "agent", "contact", "test"];

export function queryOf(filters: Filters<Name>): Query {
  const { period, since, until, escalated, test, ...plain } = filters;
  const given = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== ""));
  return {
    ...given,
    ...(escalated ? { escalated: escalated === "yes" } : {}),
    ...(test === "too" ? {} : { test: test === "only" }),
    ...(isPeriod(period) ? spanOf(period, since, until) : {}),
  } as Query;
}

export function useAsked() {
  const [filters, change, clear] = useFilters(NAMES);
  const query = useMemo(() => queryOf(filters), [filters]);
  const set = NAMES.some(name => filters[name] !== "");
  return { filters, change, clear, query, set };
}

/** The list of procedures: with their figures, filtered and counted. */

import type { ProcedureReport, ProcedureSummary } from "@deskhand/contract";

export interface Listed extends ProcedureSummary {
  readonly figures: ProcedureReport | undefined;
}

export const TABS = ["all", "active", "draft", "archived"] as const;
export type Tab = (typeof TABS)[number];

export function isTab(value: string): value is Tab {
  return (TABS as readonly string[]).includes(value);
}

/** Procedures with their figures, those that ran last in front, then by name. */
export function listed(
  procedures: readonly ProcedureSummary[],
  reports: readonly ProcedureReport[],
): readonly Listed[] {
  const figures = new Map(reports.map(one => [one.procedure, one]));
  const all = procedures.map(one => ({ ...one, figures: figures.get(one.slug) }));
  return all.sort((one, other) => {
    const later = (other.figures?.last_run_at ?? "").localeCompare(one.figures?.last_run_at ?? "");
    return later || one.name.localeCompare(other.name);
  });
}

/** What stands on a tab: `all` is everything but what was archived. */
export function onTab(rows: readonly Listed[], tab: Tab): readonly Listed[] {
  return rows.filter(row => (tab === "all" ? row.status !== "archived" : row.status === tab));
}

/** Rows in which every word is found, in name, slug or trigger. */
export function matching(rows: readonly Listed[], search: string): readonly Listed[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return rows;
  return rows.filter(row => {
    const text = `${row.name} ${row.slug} ${row.trigger}`.toLowerCase();
    return words.every(word => text.includes(word));
  });
}

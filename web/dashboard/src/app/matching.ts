/** What of the palette's entries fits to what is typed. */

import type { ReactNode } from "react";

/** Something to open or to do. */
export interface Entry {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  /** What it is found by besides, such as its slug. */
  readonly keywords?: string;
  readonly icon?: ReactNode;
  readonly beside?: ReactNode;
  readonly run: () => void;
}

export interface Section {
  readonly title: string;
  readonly entries: readonly Entry[];
}

/** The sections' entries that have every word: those that are called so come first, `most` at the most. */
export function matching(sections: readonly Section[], typed: string, most: number): readonly Section[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const ranked = sections.map(({ title, entries }) => {
    const fitting = entries.map(entry => ({ entry, rank: rankOf(entry, words) })).filter(one => one.rank < NONE);
    return { title, fitting: fitting.sort((one, other) => one.rank - other.rank) };
  });
  const best = (one: (typeof ranked)[number]) => one.fitting[0]?.rank ?? NONE;
  let left = most;
  return ranked
    .sort((one, other) => best(one) - best(other))
    .map(({ title, fitting }) => {
      const entries = fitting.slice(0, left).map(one => one.entry);
      left -= entries.length;
      return { title, entries };
    })
    .filter(one => one.entries.length > 0);
}

const NONE = 2;

function rankOf({ label, description = "", keywords = "" }: Entry, words: readonly string[]): number {
  const name = label.toLowerCase();
  if (words.every(word => name.includes(word))) return 0;
  const all = `${name} ${description} ${keywords}`.toLowerCase();
  return words.every(word => all.includes(word)) ? 1 : NONE;
}

/** Days with many kinds of things: the most frequent kinds by themselves, all others together. */

export const OTHERS = "…";

interface Day {
  readonly day: string;
  readonly procedures: Readonly<Record<string, number>>;
}

interface Ranked {
  /** The most frequent first; `OTHERS` last where there are more. */
  readonly keys: readonly string[];
  /** For each day its numbers, under `by ` and the key: a key alone might be `day`. */
  readonly days: readonly ({ readonly day: string } & Readonly<Record<string, number | string>>)[];
}

export function mostOf(days: readonly Day[], most: number): Ranked {
  const totals = new Map<string, number>();
  for (const { procedures } of days)
    for (const [key, count] of Object.entries(procedures)) totals.set(key, (totals.get(key) ?? 0) + count);
  const ranked = [...totals].sort(([, one], [, other]) => other - one).map(([key]) => key);
  const named = ranked.slice(0, most);
  const keys = ranked.length > most ? [...named, OTHERS] : named;
  return {
    keys,
    days: days.map(({ day, procedures }) => {
      const counts = Object.fromEntries(named.map(key => [`by ${key}`, procedures[key] ?? 0]));
      const rest = Object.entries(procedures).reduce(
        (sum, [key, count]) => (named.includes(key) ? sum : sum + count),
        0,
      );
      return { day, ...counts, ...(keys.includes(OTHERS) ? { [`by ${OTHERS}`]: rest } : {}) };
    }),
  };
}

/** What was before, so that it can be had again: bounded, and typing counts as one change. */

export interface History<T> {
  readonly past: readonly T[];
  readonly present: T;
  readonly future: readonly T[];
  /** What the latest change was about, and when it was made. */
  readonly latest: { readonly about: string; readonly at: number } | null;
}

export const MOST_KEPT = 200;
/** Milliseconds: changes to the same thing that follow one another faster are one. */
const TOGETHER = 1200;

export function begin<T>(present: T): History<T> {
  return { past: [], present, future: [], latest: null };
}

/** Note a change. Changes with the same `about` in quick succession are undone together; null never merges. */
export function record<T>(history: History<T>, present: T, about: string | null, at: number): History<T> {
  if (present === history.present) return history;
  const { latest } = history;
  const goesOn = about !== null && latest?.about === about && at - latest.at < TOGETHER;
  const past = goesOn ? history.past : [...history.past, history.present].slice(-MOST_KEPT);
  return { past, present, future: [], latest: about === null ? null : { about, at } };
}

export function undo<T>(history: History<T>): History<T> {
  const before = history.past.at(-1);
  if (before === undefined) return history;
  const future = [history.present, ...history.future];
  return { past: history.past.slice(0, -1), present: before, future, latest: null };
}

export function redo<T>(history: History<T>): History<T> {
  const [after, ...future] = history.future;
  if (after === undefined) return history;
  return { past: [...history.past, history.present], present: after, future, latest: null };
}

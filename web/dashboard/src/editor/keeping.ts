/** Unsaved work, kept in the browser until the server has it: a reload loses nothing. */

import type { Doc, Positions } from "@deskhand/flow";
import type { BrokenYaml, Draft } from "./draft";

export interface Kept {
  readonly revision: number;
  readonly base: Doc;
  readonly document: Doc;
  readonly positions: Positions;
  readonly broken: BrokenYaml | null;
  readonly at: number;
}

const PAUSE = 250;

function keyOf(workspace: string, slug: string): string {
  return `deskhand.draft.${workspace}.${slug}`;
}

/** What was kept of a draft, or null. */
export function kept(workspace: string, slug: string): Kept | null {
  try {
    const text = localStorage.getItem(keyOf(workspace, slug));
    const value = text === null ? null : (JSON.parse(text) as Partial<Kept>);
    return value && typeof value.revision === "number" && value.document && value.base ? (value as Kept) : null;
  } catch {
    return null; // a browser that keeps nothing, or something else under this name
  }
}

/** Keep the draft in the browser while the server does not have all of it; returns how that is ended, after a last save. */
export function keep(workspace: string, draft: Draft): (saving: Promise<void>) => Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = () => {
    clearTimeout(timer);
    timer = undefined;
    const { save, broken, revision, document, positions, slug, readOnly } = draft.get();
    if (readOnly !== null) return;
    if (save.kind === "saved" && broken === null) return store(keyOf(workspace, slug), null);
    const value: Kept = { revision, base: draft.base, document, positions, broken, at: Date.now() };
    store(keyOf(workspace, slug), value);
  };
  let seen = draft.get();
  const stop = draft.subscribe(() => {
    const now = draft.get();
    const same = now.document === seen.document && now.save.kind === seen.save.kind && now.broken === seen.broken;
    seen = now;
    if (!same) timer ??= setTimeout(write, PAUSE);
  });
  const hide = () => timer !== undefined && write();
  window.addEventListener("pagehide", hide);
  return async saving => {
    stop();
    window.removeEventListener("pagehide", hide);
    write();
    const left = read(workspace, draft);
    await saving;
    if (read(workspace, draft) === left) write(); // else it is open again, and kept anew
  };
}

function read(workspace: string, draft: Draft): string | null {
  try {
    return localStorage.getItem(keyOf(workspace, draft.get().slug));
  } catch {
    return null; // a browser that keeps nothing
  }
}

function store(key: string, value: Kept | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // a browser that keeps nothing, or is full: the draft is still saved on the server
  }
}

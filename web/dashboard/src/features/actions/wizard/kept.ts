/** A new action that is not finished yet: the browser keeps it, so that one can leave and come back. */

import type { Doc } from "../model";

export interface Kept {
  readonly doc: Doc;
  readonly step: string;
  /** The agents that it shall be switched on for. */
  readonly agents: readonly string[];
}

const KEY = "deskhand.newAction";

export function keptDraft(workspace: string): Kept | null {
  try {
    const text = localStorage.getItem(`${KEY}.${workspace}`);
    return text ? (JSON.parse(text) as Kept) : null;
  } catch {
    return null; // a browser that keeps nothing
  }
}

/** Credentials are never in it: they are stored as secrets at once, and the document has their names. */
export function keepDraft(workspace: string, kept: Kept | null): void {
  try {
    if (kept) localStorage.setItem(`${KEY}.${workspace}`, JSON.stringify(kept));
    else localStorage.removeItem(`${KEY}.${workspace}`);
  } catch {
    // a browser that keeps nothing: the draft lives as long as the page
  }
}

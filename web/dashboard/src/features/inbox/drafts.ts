/** What was typed and not sent, kept per conversation in this browser, so that nothing is lost on the way. */

import { useCallback, useSyncExternalStore } from "react";

const PREFIX = "deskhand.draft.";
/** What stands in the fields now, for browsers that keep nothing too. */
const typed = new Map<string, string>();
const listeners = new Set<() => void>();

/** A text that survives leaving the conversation and closing the page. */
export function useDraft(conversation: string, kind: string): readonly [string, (text: string) => void] {
  const key = keyOf(conversation, kind);
  const text = useSyncExternalStore(subscribe, () => draft(key));
  const change = useCallback((given: string) => keep(key, given), [key]);
  return [text, change];
}

/** Put a text into a draft from elsewhere, before what stands there. */
export function keepDraft(conversation: string, kind: string, text: string): void {
  const key = keyOf(conversation, kind);
  keep(key, [text, draft(key)].filter(Boolean).join("\n"));
}

function keyOf(conversation: string, kind: string): string {
  return `${PREFIX}${conversation}.${kind}`;
}

function draft(key: string): string {
  const known = typed.get(key);
  if (known !== undefined) return known;
  const text = kept(key);
  typed.set(key, text);
  return text;
}

function keep(key: string, text: string): void {
  typed.set(key, text);
  try {
    if (text) localStorage.setItem(key, text);
    else localStorage.removeItem(key);
  } catch {
    // a browser that keeps nothing: the text stands until the page is closed
  }
  for (const tell of listeners) tell();
}

function kept(key: string): string {
  try {
    return localStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

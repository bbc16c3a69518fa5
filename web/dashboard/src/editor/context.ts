/** The open draft, for everything inside the editor. */

import { createContext, use } from "react";
import type { Draft, DraftState } from "./draft";
import { useStore } from "./store";

export const DraftContext = createContext<Draft | null>(null);

/** The draft itself: to change it, or to read it without being drawn anew. */
export function useDraft(): Draft {
  const draft = use(DraftContext);
  if (!draft) throw new Error("useDraft belongs inside the editor");
  return draft;
}

/** A part of the draft: `useDraftState(draft => draft.revision)`. */
export function useDraftState<S>(part: (state: DraftState) => S): S {
  return useStore(useDraft(), part);
}

/** Whether the draft may not be changed now. */
export function useLocked(): boolean {
  return useDraftState(state => state.readOnly !== null || state.broken !== null);
}

/** Whom a procedure was tried as last: for the next preview or step in this tab, and no longer than the tab is open. */

import { useState } from "react";
import { owner } from "../../app/personal";
import { useMe } from "../../app/session";
import { NOBODY, type Who } from "../../features/trying/who";

export function useKeptWho(slug: string): readonly [Who, (who: Who) => void] {
  const key = `deskhand.who.${useMe().workspace.id}.${slug}`;
  const [who, setWho] = useState(() => read(key) ?? NOBODY);
  const keep = (chosen: Who) => {
    setWho(chosen);
    try {
      sessionStorage.setItem(key, JSON.stringify({ owner: owner(), who: chosen }));
    } catch {
      // a browser that keeps nothing: the choice holds as long as the panel stays
    }
  };
  return [who, keep];
}

/** What was kept, by the same person: a customer's data is nobody else's business. */
function read(key: string): Who | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? "null") as { owner: string | null; who: Who } | null;
    if (kept && kept.owner === owner()) return kept.who;
    sessionStorage.removeItem(key);
  } catch {
    // nothing that could be read
  }
  return null;
}

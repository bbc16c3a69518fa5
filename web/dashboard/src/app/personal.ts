/** What this browser keeps for one member: texts that are not sent or saved yet, and whom they try things as.
 * Nobody else gets to see or send them.
 */

import type { Me } from "@deskhand/contract";

const OWNER = "deskhand.owner";
const PERSONAL = ["deskhand.draft.", "deskhand.outbox", "deskhand.newAction", "deskhand.who."];

/** Whose texts this browser keeps now; null where they are nobody's. */
export function owner(): string | null {
  try {
    return localStorage.getItem(OWNER);
  } catch {
    return null; // a browser that keeps nothing
  }
}

/** Keeps what is typed for this person from here on, and forgets what was anybody else's; gives whether that was so. */
export function claim(me: Me): boolean {
  const person = me.member?.email ?? me.key?.id ?? "";
  const before = owner();
  if (before === person) return false;
  forget();
  try {
    localStorage.setItem(OWNER, person);
  } catch {
    // a browser that keeps nothing: nothing is left for anybody
  }
  return before !== null;
}

/** Forgets all that was typed here, for whoever leaves. */
export function forget(): void {
  try {
    for (const kept of [localStorage, sessionStorage]) {
      for (const key of Object.keys(kept)) {
        if (key === OWNER || PERSONAL.some(one => key.startsWith(one))) kept.removeItem(key);
      }
    }
  } catch {
    // a browser that keeps nothing
  }
}

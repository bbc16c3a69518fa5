/** What customers are called. */

import type { Conversation } from "@deskhand/contract";

/** A contact's name, or how else they are known; empty where they are not. */
export function nameOf(conversation: Pick<Conversation, "contact">): string {
  const contact = conversation.contact ?? {};
  const field = (name: string) => (typeof contact[name] === "string" ? contact[name] : "");
  const full = [field("first_name"), field("last_name")].filter(Boolean).join(" ");
  return full || field("email") || field("id");
}

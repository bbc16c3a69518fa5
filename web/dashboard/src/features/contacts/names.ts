import type { ShownContact } from "@deskhand/contract";

/** What a contact is called: the name, else e-mail, id, phone; empty where nothing is known. */
export function nameOf(of: ShownContact): string {
  const name = [of.first_name, of.last_name].filter(Boolean).join(" ");
  return name || of.email || of.external_id || of.phone_number || "";
}

/** Whom something is tried as: who the customer is, the agent that they talk to, and the language. */

import type { Contact, ShownContact } from "@deskhand/contract";
import { OFFERED } from "../../ui/byLanguage";

export interface Who {
  /** Null for somebody of whom nothing is known. */
  readonly contact: Contact | null;
  readonly agent: string;
  /** Null for the language of whoever tries. */
  readonly language: string | null;
}

export const NOBODY: Who = { contact: null, agent: "default", language: null };

/** A stored contact as conversations know it. */
export function contactOf(stored: ShownContact): Contact {
  const { external_id, id, first_name, last_name, email, phone_number, attributes } = stored;
  return { id: external_id ?? id, first_name, last_name, email, phone_number, attributes };
}

/** What a customer is called: the name, or whatever else is known. */
export function calledOf({ first_name, last_name, email, phone_number, id }: Contact): string {
  return [first_name, last_name].filter(Boolean).join(" ") || email || phone_number || id || "";
}

/** The same with the e-mail, to tell those of the same name apart. */
export function labelOf(contact: Contact): string {
  const called = calledOf(contact);
  return contact.email && called !== contact.email ? `${called} <${contact.email}>` : called;
}

const CODE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$/;

/** The languages to choose from: the usual ones, those that a document's texts are in, and the chosen one. */
export function languagesFor(document: unknown, chosen: string): string[] {
  return [...new Set([...OFFERED, ...spokenIn(document), chosen])];
}

/** The languages of all texts in a document that have versions. */
function spokenIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  const inner = Object.entries(value);
  if (!Array.isArray(value) && inner.length && inner.every(([key, one]) => isLanguage(key) && typeof one === "string"))
    return inner.map(([key]) => key);
  return inner.flatMap(([, one]) => spokenIn(one));
}

function isLanguage(code: string): boolean {
  return CODE.test(code) && KNOWN.of(code) !== undefined;
}

const KNOWN = new Intl.DisplayNames("en", { type: "language", fallback: "none" });

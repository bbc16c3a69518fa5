/** The entries of a conversation's log, as screens read them. */

import type { Entry, TimelineItem } from "@deskhand/contract";

export type { Entry, TimelineItem };

/** Who speaks: the customer, the agent, a member; `system` for what is told between messages. */
export type Side = "customer" | "agent" | "member" | "note" | "system";

const SPOKEN: Readonly<Record<string, Side>> = {
  said: "customer",
  clicked: "customer",
  form_submitted: "customer",
  say: "agent",
  ask: "agent",
  show_form: "agent",
  show_button: "agent",
  suggest: "agent",
  show_component: "agent",
  component_returned: "customer",
  offer: "agent",
  replied: "member",
  note: "note",
};

/** What members are told between the messages; everything else stands on the conversation's own page. */
const TOLD = new Set([
  "handed_over",
  "taken_over",
  "handed_back",
  "resolved",
  "assigned",
  "tagged",
  "cancelled",
  "run_stopped",
  "approval_closed",
  "ticket",
  "lead",
  "feedback",
  "offer_closed",
  "identified",
  "notified",
  "visited",
]);

/** Whether an entry is between a member and the team's assistant. */
export function isAssistant(entry: Entry): boolean {
  return entry.kind === "assisted" || entry.body.to === "member";
}

/** How an entry shows in the thread with the customer; null where it does not. */
export function sideOf(entry: Entry): Side | null {
  if (isAssistant(entry)) return null;
  const spoken = SPOKEN[entry.kind];
  if (spoken) return spoken;
  // values fill in what procedures ask for; members read what the page says besides
  if (entry.kind === "variables_given") return "attributes" in entry.body || "language" in entry.body ? "system" : null;
  return TOLD.has(entry.kind) || entry.kind === "approval_requested" ? "system" : null;
}

/** A text of an entry's body. */
export function text(entry: Pick<Entry, "body">, name: string): string {
  const value = entry.body[name];
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
}

/** The texts of a list in an entry's body. */
export function list(entry: Pick<Entry, "body">, name: string): string[] {
  const value = entry.body[name];
  return Array.isArray(value) ? value.filter(one => typeof one === "string") : [];
}

/** An object in an entry's body. */
export function object(entry: Pick<Entry, "body">, name: string): Record<string, unknown> {
  const value = entry.body[name];
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

/** Objects of a list in an entry's body. */
export function objects(entry: Pick<Entry, "body">, name: string): Record<string, unknown>[] {
  const value = entry.body[name];
  return Array.isArray(value)
    ? value.filter((one): one is Record<string, unknown> & typeof one => typeof one === "object" && one !== null)
    : [];
}

/** A value of a form or a variable as a short text. */
export function plain(value: unknown): string {
  if (value === null || value === undefined) return "—";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** The fields of a form that an entry shows. */
export interface FormField {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly required: boolean;
  readonly choices: readonly string[];
}

export function fieldsOf(entry: Entry): FormField[] {
  return formFields(objects(entry, "fields"));
}

/** A component that an entry shows: a video, an image, pages to go through, or an element of the host page. */
export interface Component {
  readonly kind: string;
  readonly title: string;
  /** What the customer fills in on its pages. */
  readonly fields: readonly FormField[];
}

export function componentOf(entry: Pick<Entry, "body">): Component {
  const shown = object(entry, "component");
  const pages = objects({ body: shown as Entry["body"] }, "pages");
  const first = pages.find(page => page.title || page.text);
  const title = shown.title ?? shown.alt ?? first?.title ?? first?.text ?? shown.name;
  return {
    kind: String(shown.kind ?? ""),
    title: String(title ?? ""),
    fields: pages.flatMap(page => formFields(objects({ body: page as Entry["body"] }, "fields"))),
  };
}

function formFields(fields: readonly Record<string, unknown>[]): FormField[] {
  return fields.map(field => ({
    name: String(field.name ?? ""),
    label: String(field.label ?? field.name ?? ""),
    type: String(field.type ?? "text"),
    required: field.required !== false,
    choices: Array.isArray(field.choices) ? field.choices.map(String) : [],
  }));
}

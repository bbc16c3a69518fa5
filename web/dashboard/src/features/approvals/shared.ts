/** What the parts of the screen have in common: an approval's words, states and values. */

import type { Approval, EditableValue } from "@deskhand/contract";
import type { Say } from "../../i18n/texts";
import type { approvals } from "./texts";

export type SayApprovals = Say<(typeof approvals)["en"]>;

/** A value as one line of text. */
export function written(value: unknown, empty = ""): string {
  if (value === null || value === undefined || value === "") return empty;
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Who may decide, in words. */
export function whoMay(approval: Approval, say: SayApprovals): string {
  const { role, members } = approval.approvers;
  const named =
    role === null ? [] : [say(role === "owner" ? "roleOwner" : role === "admin" ? "roleAdmin" : "roleAgent")];
  return [...named, ...members].join(", ") || say("roleAgent");
}

/** Why the viewer may not decide, or null. */
export function whyNot(approval: Approval, say: SayApprovals): string | null {
  if (!approval.why_not) return null;
  const { why } = approval.why_not;
  if (why === "role" || why === "members") return say(`not_${why}`, { who: whoMay(approval, say) });
  return say(`not_${why}`);
}

/** Why an approval was asked for: the rule in the viewer's language, the server's own words for what has no name. */
export function rule(approval: Approval, say: SayApprovals): string {
  const { why } = approval.card;
  switch (why) {
    case "required":
    case "irreversible_step":
    case "irreversible_procedure":
    case "irreversible_caller":
      return say(`why_${why}`);
    default:
      return approval.card.rule;
  }
}

/** What is known of a call whose outcome nobody knows. */
export function known(approval: Approval): string {
  return approval.card.rule.replace(/^It is unknown whether this happened: /, "");
}

const ACTS = [
  "call_http",
  "call_tool",
  "run_script",
  "send_email",
  "create_ticket",
  "create_lead",
  "tag",
  "resolve",
] as const;

/** What kind of act it is, in a few words. */
export function actName(act: string, say: SayApprovals): string {
  const known = ACTS.find(one => one === act);
  return known ? say(`kind_${known}`) : act.replaceAll("_", " ");
}

export const STATUSES = ["approved", "rejected", "expired", "lapsed", "happened", "retried", "taken_over"] as const;
export type Decided = (typeof STATUSES)[number];

export function isDecided(status: string): status is Decided {
  return STATUSES.some(one => one === status);
}

/** By whom and when it was decided. */
export function decision(approval: Approval, ago: string, say: SayApprovals): string {
  if (!isDecided(approval.status)) return approval.status;
  const by = approval.decided_by ?? "";
  return approval.status === "expired" || approval.status === "lapsed"
    ? say(`by_${approval.status}`, { ago })
    : say(`by_${approval.status}`, { by, ago });
}

/** A field's text as it begins in the form. */
export function initial(value: EditableValue): string {
  return written(value.value);
}

/** The values that were changed in the form, as they are sent; null takes an optional one out. */
export function changed(
  editable: readonly EditableValue[],
  form: Readonly<Record<string, string>>,
): Record<string, string | null> {
  const found: Record<string, string | null> = {};
  for (const one of editable) {
    const now = form[one.name] ?? "";
    if (one.sensitive ? now !== "" : now !== initial(one)) found[one.name] = now === "" && !one.required ? null : now;
  }
  return found;
}

/** What the ways out of a step are called. */

import type { AnyStep, ExitName } from "@deskhand/flow";
import type { SayStep, StepKey } from "./kind";

const LABELS: { readonly [E in ExitName]: StepKey } = {
  next: "exitNext",
  then: "exitThen",
  else: "exitElse",
  on_error: "exitError",
  on_decline: "exitDecline",
  on_expiry: "exitExpiry",
  on_too_many: "exitTooMany",
  on_unavailable: "exitUnavailable",
};

export function exitLabel(say: SayStep, step: AnyStep, exit: ExitName): string {
  return say(exit === "next" && isApproved(step) ? "exitApproved" : LABELS[exit]);
}

/** Whether a member has to agree before it is done. */
export function isApproved(step: AnyStep): boolean {
  return step.approval === "require" || step.irreversible === true;
}

/** The exits of a step that acts, as far as they can be taken. */
export function gatedExits(step: AnyStep): readonly ExitName[] {
  const exits: ExitName[] = ["next", "on_error"];
  if (step.confirm) exits.push("on_decline");
  if (isApproved(step)) exits.push("on_expiry");
  return exits;
}

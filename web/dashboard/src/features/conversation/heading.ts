/** What an entry is called on the timeline. */

import type { TimelineItem, TimelineRun } from "@deskhand/contract";
import type { Language, Say } from "../../i18n/texts";
import { isAssistant, text } from "../talk/entries";
import type { talk } from "../talk/texts";
import { told } from "../talk/told";
import type { conversation } from "./texts";

type SayHere = Say<(typeof conversation)["en"]>;
type SayTalk = Say<(typeof talk)["en"]>;

const PLAIN = {
  said: "k_said",
  clicked: "k_clicked",
  form_submitted: "k_form_submitted",
  say: "k_say",
  ask: "k_ask",
  show_form: "k_show_form",
  show_button: "k_show_button",
  suggest: "k_suggest",
  show_component: "k_show_component",
  component_returned: "k_component_returned",
  component_done: "k_component_done",
  offer: "k_offer",
  offer_closed: "k_offer_closed",
  feedback: "k_feedback",
  understood: "k_understood",
  model: "k_model",
  guarded: "k_guarded",
  unanswered: "k_unanswered",
  run_in_browser: "k_run_in_browser",
  browser_returned: "k_browser_returned",
  ticket: "k_ticket",
  lead: "k_lead",
  tag: "k_tag",
  approval_requested: "k_approval_requested",
  approval_closed: "k_approval_closed",
  notified: "k_notified",
  topic_switched: "k_topic_switched",
  identified: "k_identified",
  visited: "k_visited",
  variables_given: "k_variables_given",
} as const;

const OUTCOMES = {
  completed: "run_completed",
  escalated: "run_escalated",
  cancelled: "run_cancelled",
  failed: "run_failed",
} as const;

export function headingOf(
  item: TimelineItem,
  run: TimelineRun | undefined,
  say: SayHere,
  sayTalk: SayTalk,
  language: Language,
): string {
  const by = text(item, "by");
  const step = text(item, "step");
  switch (item.kind) {
    case "replied":
      return say("k_replied", { by });
    case "note":
      return say("k_note", { by });
    case "assisted":
      return say("k_assisted", { by });
    case "steps":
      return item.body.began ? say("k_started", { procedure: run?.name ?? text(item, "procedure") }) : say("k_steps");
    case "run_ended": {
      const outcome = text(item, "outcome");
      const known = OUTCOMES[outcome as keyof typeof OUTCOMES];
      return say("k_run_ended", {
        procedure: run?.name ?? text(item, "procedure"),
        outcome: known ? sayTalk(known) : outcome,
      });
    }
    case "call_http":
      return say("k_call_http", { step });
    case "call_tool":
      return say("k_call_tool", { step });
    case "run_script":
      return say("k_run_script", { step });
    case "send_email":
      return say("k_send_email", { step });
    case "start_requested":
      return say("k_start_requested", { procedure: text(item, "procedure") });
    case "action_requested":
      return say("k_action_requested", { action: text(item, "action") });
    default:
      break;
  }
  if (isAssistant(item)) return say("k_toMember");
  const plain = PLAIN[item.kind as keyof typeof PLAIN];
  return plain ? say(plain) : (told(item, sayTalk, language) ?? item.kind);
}

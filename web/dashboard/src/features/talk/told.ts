/** What is told between the messages, in one sentence for each kind of entry. */

import type { Language, Say } from "../../i18n/texts";
import { type Entry, list, text } from "./entries";
import type { talk } from "./texts";

type SayTalk = Say<(typeof talk)["en"]>;

/** The sentence of an entry in the viewer's language, or null for a kind that has none. */
export function told(entry: Entry, say: SayTalk, language: Language): string | null {
  const by = text(entry, "by");
  switch (entry.kind) {
    case "handed_over":
      if (entry.visible_to === "all") return say(entry.body.available ? "toldThere" : "toldAway");
      return handedOver(entry, say);
    case "taken_over":
      return say("takenOver", { by });
    case "handed_back":
      return say("handedBack", { by });
    case "topic_switched": {
      const topic = text(entry, "topic");
      return topic ? say("topicSwitched", { topic }) : say("topicAll");
    }
    case "resolved":
      return by === "agent" ? say("resolvedByAgent") : say("resolvedBy", { by });
    case "assigned": {
      const member = text(entry, "member");
      return member ? say("assigned", { by, member }) : say("unassigned", { by });
    }
    case "tagged":
      return tags(entry, by, say);
    case "cancelled":
    case "run_stopped":
      return say("cancelled", { by });
    case "approval_requested":
      return say(text(entry, "about") === "outcome" ? "asksForOutcome" : "waitsForApproval", {
        description: text(entry, "description"),
      });
    case "approval_edited":
      return say("approvalEdited", { by });
    case "approval_closed":
      return decision(entry, by, say);
    case "ticket":
      return say("ticket", { number: text(entry, "number"), subject: text(entry, "subject") });
    case "lead":
      return say(entry.run ? "lead" : "leadByForm", { email: text(entry, "email") });
    case "feedback":
      return feedback(entry, say);
    case "offer_closed":
      return offer(text(entry, "status"), say);
    case "identified":
      return say("identified", { who: who(entry) });
    case "visited": {
      const page = text(entry, "title") || text(entry, "url");
      return page ? say("visitedOn", { page }) : say("visited");
    }
    case "variables_given":
      if (text(entry, "language")) return say("speaksNow", { language: named(text(entry, "language"), language) });
      return "attributes" in entry.body ? say("saidMore") : null;
    case "notified":
      return say("notified", { description: text(entry, "description") });
    default:
      return null;
  }
}

/** What a language is called; its code where there is none like it. */
function named(code: string, language: Language): string {
  try {
    return new Intl.DisplayNames(language, { type: "language" }).of(code) ?? code;
  } catch {
    return code; // pages may give what only looks like a code
  }
}

/** For live chat it also says in which system people answer, where that is none of Deskhand's own. */
function handedOver(entry: Entry, say: SayTalk): string {
  const reason = text(entry, "reason");
  const to = text(entry, "to");
  return to ? say("handedOverTo", { reason, to }) : say("handedOver", { reason });
}

function tags(entry: Entry, by: string, say: SayTalk): string {
  const added = list(entry, "add").join(", ");
  const removed = list(entry, "remove").join(", ");
  if (added && removed) return say("tagsChanged", { by, tags: added, removed });
  return added ? say("tagsAdded", { by, tags: added }) : say("tagsRemoved", { by, tags: removed });
}

function decision(entry: Entry, by: string, say: SayTalk): string {
  const status = text(entry, "status");
  if (status === "approved") return say("approved", { by });
  if (status === "rejected") return say("rejected", { by });
  if (status === "happened") return say("happened", { by });
  if (status === "retried") return say("retried", { by });
  if (status === "taken_over") return say("takenOver", { by });
  if (status === "expired") return say("expired");
  return status === "lapsed" ? say("lapsed") : say("decided", { by, status });
}

function feedback(entry: Entry, say: SayTalk): string {
  const reason = text(entry, "reason");
  if (text(entry, "reaction") === "positive") return say("thumbUp");
  return reason ? say("thumbDownWhy", { reason }) : say("thumbDown");
}

function offer(status: string, say: SayTalk): string {
  return say(status === "accepted" ? "offerAccepted" : status === "declined" ? "offerDeclined" : "offerIgnored");
}

function who(entry: Entry): string {
  const name = [text(entry, "first_name"), text(entry, "last_name")].filter(Boolean).join(" ");
  return name || text(entry, "email") || text(entry, "id") || "—";
}

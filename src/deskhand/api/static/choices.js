// The question that stands: its choices as buttons, until somebody answers.

import { button, byId, replace } from "./dom.js";
import { choiceLabel } from "./words.js";

/** After any of these a question that was asked before no longer stands. */
const CLOSES = new Set(["said", "clicked", "replied", "cancelled", "taken_over", "handed_over", "resolved"]);

/** The open question of a log: `{text, question, choices}`, or null. */
function openQuestion(entries) {
  for (let at = entries.length - 1; at >= 0; at -= 1) {
    const { kind, body } = entries[at];
    if (CLOSES.has(kind)) return null;
    if (kind === "ask") return endedAfter(entries, at, body.question) ? null : body;
  }
  return null;
}

const endedAfter = (entries, at, run) => entries.slice(at).some((one) => one.kind === "run_ended" && one.run === run);

/** Show the choices of the open question. */
export function showChoices(conversation, outbox, chat) {
  const place = byId("choices");
  const show = () => {
    const question = outbox.items.length ? null : openQuestion(conversation.entries);
    const choices = question?.choices ?? [];
    const withAgent = (conversation.record?.mode ?? "agent") === "agent";
    chat.keepingEnd(() => {
      place.hidden = !(choices.length && withAgent);
      replace(place, place.hidden ? [] : choices.map((choice) => choiceButton(question, choice)));
    });
  };
  const choiceButton = (question, choice) =>
    button(choiceLabel(choice), {
      kind: choice === "yes" ? "choice primary" : "choice",
      "data-key": `choice-${choice}`,
      onclick: () => {
        outbox.click(question.question, choice);
        byId("message").focus({ preventScroll: true });
      },
    });
  for (const change of ["opened", "lost", "entries", "record"]) conversation.addEventListener(change, show);
  outbox.addEventListener("change", show);
}

// The question that stands: its choices as buttons, until somebody answers.

import { openQuestion } from "./asked.js";
import { button, byId, replace } from "./dom.js";
import { choiceLabel } from "./messages.js";

/** Show the choices of the open question. */
export function showChoices(conversation, outbox, chat) {
  const place = byId("choices");
  const show = () => {
    const question = outbox.items.length ? null : openQuestion(conversation)?.body;
    const choices = question?.choices ?? [];
    chat.keepingEnd(() => {
      place.hidden = !choices.length;
      replace(place, choices.map((choice) => choiceButton(question, choice)));
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

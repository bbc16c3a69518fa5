// What a message looks like: whose it is, its words, and what stands below them.

import { h } from "./dom.js";
import { phrase } from "./phrases.js";
import { shortTime, wholeTime } from "./time.js";
import { readable } from "./words.js";

const OFFER_CHOICES = ["accept", "decline"];

/** How each kind of entry looks to the customer; other kinds are not for the customer's eyes. */
export const SHOWN = {
  said: ({ text }) => ({ side: "customer", text }),
  clicked: (body, names) => ({
    side: "customer",
    text: clickedWords(body, names),
    procedure: body.question === "menu" ? body.choice : null,
  }),
  say: ({ text }) => ({ side: "agent", text }),
  ask: ({ text }) => ({ side: "agent", text }),
  offer: ({ text }) => ({ side: "agent", text }),
  replied: ({ text, by }) => ({ side: "colleague", who: by || phrase("colleague"), text }),
  show_form: ({ text }) => ({ side: "agent asking", text }),
  show_button: ({ text }) => ({ side: "agent asking", text }),
  form_submitted: () => ({ side: "customer" }),
};

/** The label of a choice: `yes` becomes `Yes`. */
export const choiceLabel = (choice) => (choice === "yes" || choice === "no" ? phrase(choice) : choice);

/** What the customer clicked, in words; `names` are those of procedures. */
export function clickedWords({ question, choice }, names = new Map()) {
  if (question === "menu") return names.get(choice) ?? readable(choice);
  if (question?.startsWith("offer_") && OFFER_CHOICES.includes(choice)) return phrase(choice);
  return choiceLabel(choice);
}

/**
 * The element of a message; `content` goes into the bubble in place of words, `below` stands under it. `procedure` is
 * what was picked in the menu: its name may be known later.
 */
export function message({ side, who, text = "", content = null, below = null, at = null, state = "sent", procedure = null }) {
  const byColleague = side === "colleague";
  const unseen = `${who ?? phrase(side === "customer" ? "you" : "agent")}: `;
  return h(
    "div",
    { class: `message ${side}`, "data-state": state },
    h("p", { class: byColleague ? "by" : "unseen" }, byColleague ? who : unseen),
    (text || content) && h(content ? "div" : "p", { class: "bubble", dir: "auto", "data-procedure": procedure }, content ?? text),
    below,
    at && h("p", { class: "meta time" }, h("time", { datetime: at, title: wholeTime(at) }, shortTime(at))),
  );
}

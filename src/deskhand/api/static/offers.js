// What the customer is offered: two buttons while it stands, and what became of it afterwards.

import { button, h, replace } from "./dom.js";
import { icon } from "./icons.js";
import { phrase } from "./phrases.js";

const AFTERWARDS = { accepted: "check", declined: "cross", gone: "clock" };
const WORDS = { gone: "passed_over" };

/** Makes the cards of `offer` entries and keeps them up to date. */
export class Offers {
  #conversation;
  #outbox;
  #cards = new Map();

  constructor(conversation, outbox) {
    this.#conversation = conversation;
    this.#outbox = outbox;
  }

  /** Forget those of the conversation before. */
  clear() {
    this.#cards.clear();
  }

  /** The element for an `offer` entry. */
  make(entry) {
    const element = h("div", { class: "card offer", role: "group", "aria-label": entry.body.name });
    this.#cards.set(entry.seq, { entry, element, state: null });
    return element;
  }

  /** Bring all of them up to date. */
  show() {
    for (const card of this.#cards.values()) {
      const state = this.#stateOf(card.entry);
      if (state === card.state) continue;
      const hadFocus = card.element.contains(document.activeElement);
      card.state = state;
      card.element.dataset.status = state;
      replace(card.element, state in AFTERWARDS ? afterwards(state) : this.#buttons(card.entry.body, state));
      if (hadFocus && state in AFTERWARDS) document.getElementById("message").focus({ preventScroll: true });
    }
  }

  // one that the customer passed over can still be accepted, as long as the server has it
  #stateOf({ seq, body: { offer } }) {
    const { talk, record } = this.#conversation;
    const closed = talk.findLast((one) => one.kind === "offer_closed" && one.body.offer === offer)?.body.status;
    if (closed in AFTERWARDS) return closed;
    if (this.#outbox.items.some((item) => item.question === offer)) return "sending";
    const known = record && record.seq >= seq;
    const stands = record?.mode !== "member" && (!known || record.offers.some((one) => one.offer === offer));
    if (!stands) return "gone";
    return closed ? "ignored" : "open";
  }

  #buttons({ offer }, state) {
    const choice = (name, kind) =>
      button(phrase(name), {
        kind: `choice ${kind}`,
        "aria-disabled": state === "sending" ? "true" : null,
        "data-key": `offer-${offer}-${name}`,
        onclick: () => state !== "sending" && this.#outbox.click(offer, name),
      });
    return h("div", { class: "choices" }, choice("accept", state === "ignored" ? "" : "primary"), choice("decline", ""));
  }
}

const afterwards = (state) =>
  h("p", { class: "afterwards" }, icon(AFTERWARDS[state]), h("span", {}, phrase(WORDS[state] ?? state)));

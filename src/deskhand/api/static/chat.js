// The customer's side: the log, what is on its way, and whether somebody is working on it.

import { announce, button, byId, h, replace } from "./dom.js";
import { choiceLabel } from "./words.js";
import { shortTime, wholeTime } from "./time.js";

const NEAR_END = 80;
const ROOM = 32; // the scroller's own padding

/** How each kind of entry looks to the customer; other kinds are not for the customer's eyes. */
const SHOWN = {
  said: ({ text }) => ({ side: "customer", who: "You", text }),
  clicked: ({ choice }) => ({ side: "customer", who: "You", text: choiceLabel(choice) }),
  say: ({ text }) => ({ side: "agent", who: "Agent", text }),
  ask: ({ text }) => ({ side: "agent", who: "Agent", text }),
  replied: ({ text, by }) => ({ side: "colleague", who: by || "A colleague", text }),
  show_form: ({ text }) => ({ side: "agent asking", who: "Agent", text }),
  show_button: ({ text }) => ({ side: "agent asking", who: "Agent", text }),
  form_submitted: () => ({ side: "customer", who: "You" }),
};

/** Show the conversation and keep it up to date. */
export class Chat {
  #conversation;
  #outbox;
  #cards;
  #log = byId("log");
  #scroller = byId("scroller");
  #toEnd = byId("to-end");
  /** A form that was opened just now and is too long to be seen as a whole. */
  #opening = null;

  constructor(conversation, outbox, cards) {
    this.#conversation = conversation;
    this.#outbox = outbox;
    this.#cards = cards;
    conversation.addEventListener("opened", () => this.#opened());
    conversation.addEventListener("lost", () => this.#lost());
    conversation.addEventListener("entries", ({ detail }) => this.#keepingEnd(() => this.#add(detail)));
    conversation.addEventListener("record", () => this.#keepingEnd(() => this.#showStanding()));
    outbox.addEventListener("change", () => this.#showOutbox());
    this.#toEnd.addEventListener("click", () => this.#goToEnd());
    this.#scroller.addEventListener("scroll", () => this.#atEnd && (this.#toEnd.hidden = true));
    new ResizeObserver(() => this.#resized()).observe(this.#scroller);
  }

  /** Run a change of what the scroller shows; whoever was at its end stays there. */
  keepingEnd(change) {
    this.#keepingEnd(change);
  }

  #opened() {
    this.#log.replaceChildren();
    this.#cards.clear();
    byId("chat-note").textContent = "";
    this.#toEnd.hidden = true;
    this.#showWork();
  }

  #lost() {
    this.#opened();
    byId("chat-note").textContent = "That conversation isn't here (any more). Your next message begins a new one.";
  }

  #add(entries) {
    for (const entry of entries) {
      const shown = SHOWN[entry.kind]?.(entry.body);
      if (shown) this.#insert(entry.seq, bubble({ ...shown, ...this.#more(entry), at: entry.at }));
    }
    this.#showStanding();
  }

  /** What stands in a message beside words. */
  #more(entry) {
    if (entry.kind === "form_submitted") return { content: this.#cards.filledIn(entry) };
    return entry.kind.startsWith("show_") ? { card: this.#cards.make(entry) } : {};
  }

  #showStanding() {
    const opened = this.#cards.show()?.closest(".message");
    this.#showWork();
    this.#opening = opened && opened.offsetHeight + ROOM > this.#scroller.clientHeight ? opened : null;
  }

  #insert(seq, element) {
    element.dataset.seq = seq;
    const later = [...this.#log.children].reverse().filter((one) => Number(one.dataset.seq) > seq).at(-1);
    this.#log.insertBefore(element, later ?? null);
  }

  #showOutbox() {
    const own = this.#outbox.items;
    this.#cards.show();
    replace(byId("outbox"), own.map((item) => this.#onItsWay(item)));
    this.#showWork();
    if (own.length) this.#goToEnd();
  }

  #onItsWay(item) {
    const element = bubble({ side: "customer", who: "You", text: choiceLabel(item.text), state: item.state });
    element.append(item.state === "failed" ? this.#failure(item) : h("p", { class: "meta" }, "Sending …"));
    return element;
  }

  #failure(item) {
    announce(`Not sent: ${item.detail}`);
    const again = () => this.#outbox.retry(item);
    return h(
      "div",
      { class: "meta failure" },
      h("span", {}, `Not sent. ${item.detail}`),
      !item.final && button("Retry", { icon: "retry", kind: "small", onclick: again, "data-key": `retry-${item.eventId}` }),
      button("Remove", { kind: "small plain", onclick: () => this.#outbox.discard(item) }),
    );
  }

  #showWork() {
    const withAgent = (this.#conversation.record?.mode ?? "agent") === "agent";
    byId("typing").hidden = !(withAgent && (this.#outbox.sending || this.#conversation.working));
  }

  get #atEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    return scrollHeight - scrollTop - clientHeight < NEAR_END;
  }

  #keepingEnd(change) {
    const wasAtEnd = this.#atEnd;
    const length = this.#log.childElementCount;
    this.#opening = null;
    change();
    if (wasAtEnd) this.#showNewest();
    else if (this.#log.childElementCount > length) this.#toEnd.hidden = false;
  }

  #showNewest() {
    if (this.#field) this.#bringInSight(this.#field);
    else if (this.#opening) this.#scroll(topOf(this.#opening) - topOf(this.#scroller) - ROOM / 4);
    else this.#goToEnd();
  }

  // on a phone the keyboard takes half of the page
  #resized() {
    if (this.#field) this.#bringInSight(this.#field);
    else if (this.#toEnd.hidden && !this.#log.querySelector("form")) this.#goToEnd();
  }

  /** The field of a form that has the keyboard, if any. */
  get #field() {
    return this.#log.querySelector("form :focus");
  }

  #bringInSight(field) {
    const { top, bottom } = field.getBoundingClientRect();
    const seen = this.#scroller.getBoundingClientRect();
    if (bottom > seen.bottom) this.#scroll(bottom - seen.bottom + ROOM);
    else if (top < seen.top) this.#scroll(top - seen.top - ROOM);
  }

  // scrollIntoView would move the page itself too
  #scroll(by) {
    this.#scroller.scrollTop += by;
  }

  #goToEnd() {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#toEnd.hidden = true;
  }
}

const topOf = (element) => element.getBoundingClientRect().top;

function bubble({ side, who, text = "", content = null, card = null, at = null, state = "sent" }) {
  return h(
    "div",
    { class: `message ${side}`, "data-state": state },
    h("p", { class: side === "colleague" ? "by" : "unseen" }, side === "colleague" ? who : `${who}: `),
    (text || content) && h(content ? "div" : "p", { class: "bubble", dir: "auto" }, content ?? text),
    card,
    at && h("p", { class: "meta time" }, h("time", { datetime: at, title: wholeTime(at) }, shortTime(at))),
  );
}

// The customer's side: the log, what is on its way, and whether somebody is working on it.

import { announce, button, byId, h, replace } from "./dom.js";
import { SHOWN, clickedWords, message } from "./messages.js";
import { phrase } from "./phrases.js";
import { sourcesOf } from "./sources.js";

const NEAR_END = 80;
const ROOM = 32; // the scroller's own padding

/** Show the conversation and keep it up to date. */
export class Chat {
  #conversation;
  #outbox;
  /** What stands below messages and changes: forms and buttons, offers, thumbs. */
  #cards;
  #offers;
  #thumbs;
  #menu;
  #log = byId("log");
  #scroller = byId("scroller");
  #toEnd = byId("to-end");
  /** A form that was opened just now and is too long to be seen as a whole. */
  #opening = null;

  constructor(conversation, outbox, { cards, offers, thumbs, menu }) {
    this.#conversation = conversation;
    this.#outbox = outbox;
    this.#cards = cards;
    this.#offers = offers;
    this.#thumbs = thumbs;
    this.#menu = menu;
    conversation.addEventListener("opened", () => this.#opened());
    conversation.addEventListener("lost", () => this.#lost());
    conversation.addEventListener("entries", ({ detail }) => this.#keepingEnd(() => this.#add(detail)));
    conversation.addEventListener("record", () => this.#keepingEnd(() => this.#showStanding()));
    conversation.addEventListener("writing", () => this.#keepingEnd(() => this.#showWork()));
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
    for (const one of [this.#cards, this.#offers, this.#thumbs]) one.clear();
    byId("chat-note").textContent = "";
    this.#toEnd.hidden = true;
    this.#showWork();
  }

  #lost() {
    this.#opened();
    byId("chat-note").textContent = phrase("lost");
  }

  #add(entries) {
    for (const entry of entries.filter((one) => one.visible_to === "all")) {
      const shown = SHOWN[entry.kind]?.(entry.body, this.#menu.names);
      if (shown) this.#insert(entry.seq, message({ ...shown, ...this.#more(entry), at: entry.at }));
    }
    this.#showStanding();
  }

  /** What stands in a message beside words. */
  #more(entry) {
    switch (entry.kind) {
      case "say":
        return { below: [sourcesOf(entry.body), this.#thumbs.make(entry)] };
      case "offer":
        return { below: this.#offers.make(entry) };
      case "form_submitted":
        return { content: this.#cards.filledIn(entry) };
      case "show_form":
      case "show_button":
        return { below: this.#cards.make(entry) };
      default:
        return {};
    }
  }

  #showStanding() {
    const opened = this.#cards.show()?.closest(".message");
    this.#offers.show();
    for (const one of this.#log.querySelectorAll("[data-procedure]")) {
      one.textContent = clickedWords({ question: "menu", choice: one.dataset.procedure }, this.#menu.names);
    }
    requestAnimationFrame(() => this.#thumbs.show()); // after the message, so that it is read out without them
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
    const text = item.kind === "said" ? item.text : clickedWords({ ...item, choice: item.text }, this.#menu.names);
    const element = message({ side: "customer", text, state: item.state });
    element.append(item.state === "failed" ? this.#failure(item) : h("p", { class: "meta" }, phrase("sending")));
    return element;
  }

  #failure(item) {
    const words = phrase("not_sent", { why: item.detail });
    announce(words);
    const again = () => this.#outbox.retry(item);
    return h(
      "div",
      { class: "meta failure" },
      h("span", {}, words),
      !item.final && button(phrase("retry"), { icon: "retry", kind: "small", onclick: again, "data-key": `retry-${item.eventId}` }),
      button(phrase("remove"), { kind: "small plain", onclick: () => this.#outbox.discard(item) }),
    );
  }

  /** What the agent is writing, word by word, or that it works. */
  #showWork() {
    const withAgent = (this.#conversation.record?.mode ?? "agent") === "agent";
    const { writing, working } = this.#conversation;
    byId("writing").hidden = !writing;
    byId("writing-text").textContent = writing;
    byId("typing").hidden = Boolean(writing) || !(withAgent && (this.#outbox.sending || working));
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

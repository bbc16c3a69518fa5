// The customer's side: the log, what is on its way, and whether somebody is working on it.

import { announce, button, byId, h, replace } from "./dom.js";
import { choiceLabel } from "./words.js";
import { shortTime, wholeTime } from "./time.js";

const NEAR_END = 80;

/** How each kind of entry looks to the customer; other kinds are not for the customer's eyes. */
const SHOWN = {
  said: ({ text }) => ({ side: "customer", who: "You", text }),
  clicked: ({ choice }) => ({ side: "customer", who: "You", text: choiceLabel(choice) }),
  say: ({ text }) => ({ side: "agent", who: "Agent", text }),
  ask: ({ text }) => ({ side: "agent", who: "Agent", text }),
  replied: ({ text, by }) => ({ side: "colleague", who: by || "A colleague", text }),
};

/** Show the conversation and keep it up to date. */
export class Chat {
  #conversation;
  #outbox;
  #log = byId("log");
  #scroller = byId("scroller");
  #toEnd = byId("to-end");

  constructor(conversation, outbox) {
    this.#conversation = conversation;
    this.#outbox = outbox;
    conversation.addEventListener("opened", () => this.#opened());
    conversation.addEventListener("lost", () => this.#lost());
    conversation.addEventListener("entries", ({ detail }) => this.#keepingEnd(() => this.#add(detail)));
    conversation.addEventListener("record", () => this.#keepingEnd(() => this.#showWork()));
    outbox.addEventListener("change", () => this.#showOutbox());
    this.#toEnd.addEventListener("click", () => this.#goToEnd());
    this.#scroller.addEventListener("scroll", () => this.#atEnd && (this.#toEnd.hidden = true));
    new ResizeObserver(() => this.#toEnd.hidden && this.#goToEnd()).observe(this.#scroller);
  }

  /** Run a change of what the scroller shows; whoever was at its end stays there. */
  keepingEnd(change) {
    this.#keepingEnd(change);
  }

  #opened() {
    this.#log.replaceChildren();
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
      if (shown) this.#insert(entry.seq, bubble({ ...shown, at: entry.at }));
    }
    this.#showWork();
  }

  #insert(seq, element) {
    element.dataset.seq = seq;
    const later = [...this.#log.children].reverse().filter((one) => Number(one.dataset.seq) > seq).at(-1);
    this.#log.insertBefore(element, later ?? null);
  }

  #showOutbox() {
    const own = this.#outbox.items;
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
    change();
    if (wasAtEnd) this.#goToEnd();
    else if (this.#log.childElementCount > length) this.#toEnd.hidden = false;
  }

  #goToEnd() {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#toEnd.hidden = true;
  }
}

function bubble({ side, who, text, at = null, state = "sent" }) {
  return h(
    "div",
    { class: `message ${side}`, "data-state": state },
    h("p", { class: side === "colleague" ? "by" : "unseen" }, side === "colleague" ? who : `${who}: `),
    h("p", { class: "bubble", dir: "auto" }, text),
    at && h("p", { class: "meta time" }, h("time", { datetime: at, title: wholeTime(at) }, shortTime(at))),
  );
}

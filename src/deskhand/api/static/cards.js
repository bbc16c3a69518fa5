// The forms and buttons of the conversation: one of them stands at most, the others tell what became of them.

import { becameOf, openQuestion } from "./asked.js";
import { ButtonCard } from "./button_card.js";
import { byId, h } from "./dom.js";
import { FormCard } from "./form_card.js";
import { labelOf, valueInWords } from "./form_field.js";
import { phrase } from "./phrases.js";
import { readable } from "./words.js";

const LONGEST_CHOICE = 1000;

/** Makes the cards and keeps them up to date; the chat puts them into its log. */
export class Cards {
  #conversation;
  #outbox;
  #scripts;
  #cards = new Map();
  #drafts = new Map();
  #submitted = null;

  constructor(conversation, outbox, scripts) {
    this.#conversation = conversation;
    this.#outbox = outbox;
    this.#scripts = scripts;
  }

  /** Forget those of the conversation before. */
  clear() {
    this.#cards.clear();
    this.#drafts.clear();
    this.#submitted = null;
  }

  /** The element for a `show_form` or `show_button` entry. */
  make(entry) {
    if (entry.body.errors) this.#recallSubmitted(entry);
    const card =
      entry.kind === "show_form"
        ? new FormCard(entry, this.#drafts, (body) => this.#submit(body))
        : new ButtonCard(entry, (then) => this.#click(entry.body, then));
    this.#cards.set(entry.seq, { entry, card });
    return card.element;
  }

  /** Bring all of them up to date; gives the element of the one that was opened just now, if any. */
  show() {
    const { talk: entries } = this.#conversation;
    const open = openQuestion(this.#conversation)?.seq;
    const hadFocus = [...this.#cards.values()].some(({ card }) => card.element.contains(document.activeElement));
    // what leaves comes first: the form that is shown again takes over what was typed
    for (const { entry, card } of this.#cards.values()) if (entry.seq !== open) card.show(becameOf(entry, entries));
    const current = this.#cards.get(open)?.card;
    const opened = current?.show(this.#isOnItsWay(current.question) ? "sending" : "open") ?? false;
    this.#forgetDrafts();
    if (opened && this.#submitted === current.question && current.focusProblem) current.focusProblem();
    else if (hadFocus && !document.activeElement?.matches("#log *")) byId("message").focus({ preventScroll: true });
    return opened ? current.element : null;
  }

  // after a reload what was refused is in the log alone, without what nobody may read
  #recallSubmitted({ seq, body: { question, fields } }) {
    const before = this.#conversation.talk.findLast((one) => one.seq < seq && one.kind === "form_submitted");
    if (!before || this.#drafts.has(question)) return;
    const readable = fields.filter(({ name, sensitive }) => !sensitive && name in before.body.values);
    this.#drafts.set(question, Object.fromEntries(readable.map(({ name }) => [name, String(before.body.values[name] ?? "")])));
  }

  #isOnItsWay(question) {
    return this.#outbox.items.some((item) => item.question === question);
  }

  // what was typed, a password perhaps, is kept only as long as its form may come back
  #forgetDrafts() {
    const { talk: entries } = this.#conversation;
    for (const { entry, card } of this.#cards.values()) {
      if (this.#submitted !== entry.body.question && becameOf(entry, entries) === "answered") this.#drafts.delete(card.question);
    }
  }

  async #submit(body) {
    this.#submitted = body.question;
    await this.#conversation.send("forms", body);
    if (openQuestion(this.#conversation)?.body.question !== body.question) this.#submitted = null;
  }

  #click({ question, label }, then) {
    const run = this.#conversation.record.runs.at(-1).id;
    this.#outbox.click(question, label.slice(0, LONGEST_CHOICE), () => {
      this.#scripts.agree(run);
      then?.();
    });
  }

  /** What was filled in, as the customer reads it back. */
  filledIn({ seq, body }) {
    const form = this.#conversation.talk.findLast((one) => one.seq < seq && one.kind === "show_form");
    const fields = new Map((form?.body.fields ?? []).map((field) => [field.name, field]));
    const given = Object.entries(body.values).filter(([, value]) => value !== null && value !== "");
    if (!given.length) return h("p", {}, phrase("nothing"));
    const row = ([name, value]) => [
      h("dt", { dir: "auto" }, fields.has(name) ? labelOf(fields.get(name)) : readable(name)),
      h("dd", { dir: "auto" }, valueInWords(fields.get(name), value)),
    ];
    return h("dl", { class: "filled" }, given.map(row));
  }
}

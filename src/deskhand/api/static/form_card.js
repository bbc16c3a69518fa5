// A form in the chat: to be filled in while it stands, a line about what became of it afterwards.

import { h, replace } from "./dom.js";
import { FormField } from "./form_field.js";
import { icon } from "./icons.js";
import { freshId } from "./ids.js";
import { phrase } from "./phrases.js";

const AFTERWARDS = { answered: ["check", "filled_in"], closed: ["cross", "not_filled_in"] };

/** The card of a `show_form` entry. */
export class FormCard {
  element = h("div", { class: "card" });
  #entry;
  #drafts;
  #submit;
  #state = null;
  #fields = [];
  #problem = null;
  #wish = { text: null, eventId: null };
  #busy = false;

  /** `drafts`: what was typed, by question; `submit(body)` posts the form. */
  constructor(entry, drafts, submit) {
    this.#entry = entry;
    this.#drafts = drafts;
    this.#submit = submit;
  }

  get question() {
    return this.#entry.body.question;
  }

  /** Show it as `open`, or as what became of it; tells whether it was opened just now. */
  show(state) {
    if (state === this.#state) return false;
    if (this.#state === "open") this.#leave();
    this.#state = state;
    this.element.hidden = state === "again";
    if (state === "open") this.#open();
    else replace(this.element, AFTERWARDS[state] && afterwards(...AFTERWARDS[state]));
    return state === "open";
  }

  /** Give the keyboard to the first field that something is wrong with. */
  focusProblem() {
    this.#fields.find((field) => field.hasProblem)?.focus();
  }

  #open() {
    const { seq, body } = this.#entry;
    const draft = this.#drafts.get(body.question) ?? {};
    this.#fields = body.fields.map((field) => new FormField(field, `form-${seq}-${field.name}`, draft[field.name]));
    for (const field of this.#fields) {
      field.tell(body.errors?.[field.name] ?? "");
      field.element.addEventListener("input", () => field.tell(""));
    }
    this.#problem = h("p", { class: "problem", role: "alert" });
    const form = h(
      "form",
      { class: "chat-form", novalidate: true, "aria-label": phrase("form"), onsubmit: (event) => this.#onSubmit(event) },
      this.#fields.map((field) => field.element),
      this.#problem,
      h("button", { type: "submit", class: "button primary" }, body.submit),
    );
    replace(this.element, form);
    if (body.errors) this.#problem.textContent = phrase("check");
  }

  // what was typed stays for the case that the form is shown again
  #leave() {
    this.#drafts.set(this.question, this.#values());
    this.#fields = [];
  }

  #values() {
    return Object.fromEntries(this.#fields.map((field) => [field.name, field.value]));
  }

  async #onSubmit(event) {
    event.preventDefault();
    if (this.#busy) return;
    for (const field of this.#fields) field.tell(field.isMissing ? phrase("fill_in") : "");
    this.#problem.textContent = "";
    if (this.#fields.some((field) => field.hasProblem)) this.focusProblem();
    else await this.#send(this.#values());
  }

  async #send(values) {
    // the same form again, after an answer that got lost, is the same event
    const text = JSON.stringify(values);
    if (this.#wish.text !== text) this.#wish = { text, eventId: freshId() };
    this.#setBusy(true);
    try {
      await this.#submit({ question: this.question, values, event_id: this.#wish.eventId });
    } catch (problem) {
      this.#problem.textContent = phrase("not_sent", { why: problem.message });
    } finally {
      this.#setBusy(false);
    }
  }

  #setBusy(busy) {
    this.#busy = busy;
    const form = this.element.querySelector("form");
    form?.setAttribute("aria-busy", busy);
    form?.querySelector("[type=submit]").setAttribute("aria-disabled", busy); // `disabled` would lose the keyboard's place
  }
}

const afterwards = (picture, words) => h("p", { class: "afterwards" }, icon(picture), phrase(words));

// What the customer can do at any time: a list behind a button beside the composer.

import { button, byId, replace } from "./dom.js";

/** The menu; until there is a conversation, `beforehand` is what it will hold. */
export class Menu {
  /** What procedures are called, by their slugs. */
  names = new Map();
  #conversation;
  #outbox;
  #beforehand = [];
  #button = byId("menu-button");
  #list = byId("menu");

  constructor(conversation, outbox) {
    this.#conversation = conversation;
    this.#outbox = outbox;
    for (const change of ["opened", "lost", "record"]) conversation.addEventListener(change, () => this.#show());
    this.#button.addEventListener("click", () => this.#open(this.#list.hidden));
    document.addEventListener("pointerdown", ({ target }) => this.#outside(target) && this.#open(false));
    for (const one of [this.#button, this.#list]) one.addEventListener("keydown", (event) => this.#onKey(event));
    this.#list.addEventListener("focusout", ({ relatedTarget: to }) => to && this.#outside(to) && this.#open(false));
  }

  /** What it holds where there is no conversation yet: `[{procedure, name}]`. */
  set beforehand(items) {
    this.#beforehand = items;
    this.#show();
  }

  /** The customer picks one. */
  pick(procedure) {
    this.#open(false);
    this.#outbox.click("menu", procedure);
    byId("message").focus({ preventScroll: true });
  }

  get #items() {
    const { record } = this.#conversation;
    return record?.mode === "member" ? [] : (record?.menu ?? this.#beforehand);
  }

  #show() {
    const items = this.#items;
    for (const { procedure, name } of items) this.names.set(procedure, name);
    this.#button.hidden = !items.length;
    if (!items.length) this.#list.hidden = true;
    const item = ({ procedure, name }) =>
      button(name, { kind: "plain", dir: "auto", "data-key": `menu-${procedure}`, onclick: () => this.pick(procedure) });
    replace(this.#list, items.map(item));
  }

  #outside(target) {
    return !this.#list.contains(target) && !this.#button.contains(target);
  }

  #open(open) {
    this.#list.hidden = !open;
    this.#button.setAttribute("aria-expanded", open);
    if (open) this.#list.querySelector("button")?.focus({ preventScroll: true });
  }

  #onKey(event) {
    if (this.#list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") {
      this.#open(false);
      this.#button.focus({ preventScroll: true });
    } else if (step) {
      event.preventDefault();
      const items = [...this.#list.querySelectorAll("button")];
      items[(items.indexOf(document.activeElement) + step + items.length) % items.length]?.focus();
    }
  }
}

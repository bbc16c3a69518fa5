// Before the first message: what can be asked here, and what to try in the demo.

import { button, byId, h } from "./dom.js";
import { suggest } from "./composer.js";
import { phrase } from "./phrases.js";

const MOST = 4;
const MOST_READ = 20;
const TO_TRY = [
  ["A1001", "can be refunded"],
  ["A1002", "can't be refunded any more"],
  ["A1003", "is on its way"],
];
const TO_ASK = [
  ["How do I clean a wool rug?", "is answered from the shop’s pages"],
  ["Do you sell bicycles?", "is what nothing here answers"],
];

/** Show greetings and suggestions while a conversation is empty. */
export class Hello {
  #client;
  #conversation;
  #outbox;
  #menu;
  #session;
  #suggestions = [];

  constructor(client, conversation, outbox, menu, session) {
    this.#client = client;
    this.#conversation = conversation;
    this.#outbox = outbox;
    this.#menu = menu;
    this.#session = session;
    for (const change of ["opened", "lost", "entries"]) conversation.addEventListener(change, () => this.show());
    outbox.addEventListener("change", () => this.show());
  }

  /** Read what the active procedures are for: what is asked for is suggested, what is always there is in the menu. */
  async read() {
    try {
      const { items } = await this.#client.get("/v1/procedures?status=active&limit=200");
      const active = await Promise.all(items.slice(0, MOST_READ).map((one) => this.#trigger(one)));
      this.#suggestions = active.filter(({ description }) => description).map(({ name, phrases }) => phrases?.[0] ?? name);
      this.#menu.beforehand = active.filter(({ always, audience }) => always && !audience);
    } catch {
      this.#suggestions = []; // the page works without them
    }
    this.show();
  }

  show() {
    const place = byId("hello");
    const empty = !this.#conversation.entries.length && !this.#outbox.items.length;
    place.hidden = !empty;
    if (!empty) return;
    place.replaceChildren(
      h("p", { class: "greeting" }, phrase("greeting")),
      h("p", { class: "calm-text" }, phrase("you_are")),
      this.#chips(),
      ...(this.#session.demo ? [hints(this.#session.shop)] : []),
    );
  }

  async #trigger({ slug, name, active_version: version }) {
    try {
      const { document } = await this.#client.get(`/v1/procedures/${slug}/versions/${version}`);
      return { ...document.trigger, procedure: slug, name };
    } catch {
      return { description: name, name };
    }
  }

  #chips() {
    const chip = (text) => button(sentenceCase(text), { kind: "chip", onclick: () => this.#say(text) });
    return h("div", { class: "chips" }, this.#suggestions.slice(0, MOST).map(chip));
  }

  #say(text) {
    this.#outbox.say(sentenceCase(text));
    byId("message").focus({ preventScroll: true });
  }
}

function hints(shop) {
  const hint = ([words, what]) =>
    h("li", {}, button(words, { kind: "small", onclick: () => suggest(words) }), h("span", {}, what));
  return h(
    "aside",
    { class: "hints", "aria-label": "To try in the demo" },
    h("p", { class: "hints-title" }, "Orders to try"),
    h("ul", {}, TO_TRY.map(hint)),
    h("p", { class: "hints-title" }, "Questions to try"),
    h("ul", { class: "to-ask" }, TO_ASK.map(hint)),
    shop && h("p", {}, shopLink(shop), " with all its orders and what has happened to them."),
  );
}

const shopLink = (shop) => h("a", { href: shop, target: "_blank", rel: "noopener" }, "See the demo shop");

const sentenceCase = (text) => text.charAt(0).toUpperCase() + text.slice(1);

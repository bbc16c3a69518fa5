// Before the first message: what can be asked here, and what to try in the demo.

import { button, byId, h } from "./dom.js";
import { suggest } from "./composer.js";

const MOST = 4;
const TO_TRY = [
  ["A1001", "can be refunded"],
  ["A1002", "can't be refunded any more"],
  ["A1003", "is on its way"],
];

/** Show greetings and suggestions while a conversation is empty. */
export class Hello {
  #client;
  #conversation;
  #outbox;
  #session;
  #suggestions = [];

  constructor(client, conversation, outbox, session) {
    this.#client = client;
    this.#conversation = conversation;
    this.#outbox = outbox;
    this.#session = session;
    for (const change of ["opened", "lost", "entries"]) conversation.addEventListener(change, () => this.show());
    outbox.addEventListener("change", () => this.show());
  }

  /** Read what the active procedures are for. */
  async read() {
    try {
      const { items } = await this.#client.get("/v1/procedures?status=active");
      this.#suggestions = await Promise.all(items.slice(0, MOST).map((one) => this.#phrase(one)));
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
      h("p", { class: "greeting" }, "Hi, how can I help?"),
      h("p", { class: "calm-text" }, "You are the customer here. Write as one would, or pick something."),
      this.#chips(),
      ...(this.#session.demo ? [hints(this.#session.shop)] : []),
    );
  }

  /** What a customer would typically write to start the procedure. */
  async #phrase({ slug, name, active_version: version }) {
    try {
      const { document } = await this.#client.get(`/v1/procedures/${slug}/versions/${version}`);
      return document.trigger.phrases?.[0] ?? name;
    } catch {
      return name;
    }
  }

  #chips() {
    const chip = (text) => button(sentenceCase(text), { kind: "chip", onclick: () => this.#say(text) });
    return h("div", { class: "chips" }, this.#suggestions.map(chip));
  }

  #say(text) {
    this.#outbox.say(sentenceCase(text));
    byId("message").focus({ preventScroll: true });
  }
}

function hints(shop) {
  const order = ([number, what]) =>
    h("li", {}, button(number, { kind: "small", onclick: () => suggest(number) }), h("span", {}, what));
  return h(
    "aside",
    { class: "hints", "aria-label": "To try in the demo" },
    h("p", { class: "hints-title" }, "Orders to try"),
    h("ul", {}, TO_TRY.map(order)),
    shop && h("p", {}, shopLink(shop), " with all its orders and what has happened to them."),
  );
}

const shopLink = (shop) => h("a", { href: shop, target: "_blank", rel: "noopener" }, "See the demo shop");

const sentenceCase = (text) => text.charAt(0).toUpperCase() + text.slice(1);

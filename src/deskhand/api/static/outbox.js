// What the customer has written or clicked and the log does not show yet.

import { freshId } from "./ids.js";
import { LANGUAGE } from "./phrases.js";

/** What a new conversation begins with. */
const OPENING = { channel: "widget", language: LANGUAGE, ...regionOfBrowser() };

/**
 * Sends in the order of writing. Each item `{eventId, kind, text, question, state, detail, final}` keeps its event id
 * through every retry, so the server takes it in once. Tells `change`.
 */
export class Outbox extends EventTarget {
  items = [];
  #conversation;
  #last = Promise.resolve();

  constructor(conversation) {
    super();
    this.#conversation = conversation;
    conversation.addEventListener("opened", () => this.#empty());
    conversation.addEventListener("entries", ({ detail }) => this.#strike(detail));
  }

  get sending() {
    return this.items.some((item) => item.state === "sending");
  }

  /** The customer writes. */
  say(text) {
    this.#add({ kind: "said", text });
  }

  /** The customer clicks a choice of a question, or a button; `then` is called once it is taken in. */
  click(question, choice, then) {
    this.#add({ kind: "clicked", text: choice, question, then });
  }

  retry(item) {
    item.state = "sending";
    this.#queue(item);
  }

  discard(item) {
    this.items = this.items.filter((one) => one !== item);
    this.#tell();
  }

  #add(item) {
    const whole = { ...item, eventId: freshId(), state: "sending", detail: null, final: false };
    this.items.push(whole);
    this.#queue(whole);
  }

  #queue(item) {
    this.#tell();
    this.#last = this.#last.then(() => this.#send(item));
  }

  async #send(item) {
    if (!this.items.includes(item)) return;
    try {
      await this.#conversation.ensure(OPENING);
      if (item.kind === "said") {
        await this.#conversation.send("messages", { text: item.text, event_id: item.eventId });
      } else {
        const body = { question: item.question, choice: item.text, event_id: item.eventId };
        await this.#conversation.send("clicks", body);
      }
      this.#taken(item);
    } catch (problem) {
      item.state = "failed";
      item.detail = problem.message;
      // what the server refuses as it stands will not be taken the next time either
      item.final = [400, 413, 422].includes(problem.status);
      this.#tell();
    }
  }

  // The stream may bring an event before its receipt: then it is in the log already, and no longer on its way.
  #strike(entries) {
    for (const { kind, body } of entries.filter(({ body }) => body.to !== "member")) {
      const said = body.text ?? body.choice;
      const same = ({ question }) => (body.question ?? question) === question;
      const item = this.items.find((one) => one.kind === kind && one.text.trim() === String(said).trim() && same(one));
      if (item) this.#taken(item);
    }
  }

  #taken(item) {
    if (!this.items.includes(item)) return;
    this.discard(item);
    item.then?.();
  }

  #empty() {
    this.items = [];
    this.#tell();
  }

  #tell() {
    this.dispatchEvent(new Event("change"));
  }
}

function regionOfBrowser() {
  const region = /-([A-Z]{2})\b/.exec(navigator.language ?? "")?.[1];
  return region ? { region } : {};
}

// The team's assistant: a member has an agent work in the customer's conversation, unseen by the customer.

import { button, byId, h, replace } from "./dom.js";
import { FormCard } from "./form_card.js";
import { freshId } from "./ids.js";
import { choiceLabel } from "./messages.js";
import { phrase } from "./phrases.js";
import { sourcesOf } from "./sources.js";
import { setUpWriting } from "./composer.js";

const QUESTIONS = new Set(["ask", "offer", "show_form", "show_button"]);

/** The tab with what was asked of the assistant and what it says. */
export class Assistant {
  #client;
  #conversation;
  #agents = [];
  #drafts = new Map();
  #form = null;
  #shown = "";

  constructor(client, conversation) {
    this.#client = client;
    this.#conversation = conversation;
    for (const change of ["opened", "lost", "made", "entries", "record"]) conversation.addEventListener(change, () => this.#show());
    setUpWriting(byId("assistant-form"), byId("assistant-text"), (text) => this.#ask({ text }, text));
  }

  /** Read which agents there are for the team. */
  async read() {
    try {
      const { items } = await this.#client.get("/v1/agents");
      this.#agents = items.filter(({ kind }) => kind === "team");
    } catch {
      return; // those that are known stay
    }
    replace(byId("assistant-agent"), this.#agents.map(({ slug, name }) => h("option", { value: slug }, name)));
    for (const id of ["assistant-agent", "assistant-agent-label"]) byId(id).hidden = this.#agents.length < 2;
    this.#show();
  }

  #show() {
    const { entries, record, id } = this.#conversation;
    byId("tab-assistant").hidden = !this.#agents.length;
    byId("assistant-text").disabled = !id;
    byId("assistant-form").querySelector("[type=submit]").disabled = !id;
    const said = entries.filter(({ kind, body }) => kind === "assisted" || body.to === "member");
    const open = record?.assistant ? said.findLast(({ kind }) => kind === "assisted" || QUESTIONS.has(kind)) : null;
    const shown = [id, said.length, open?.seq].join();
    if (shown === this.#shown) return; // nothing is taken from under somebody's hands
    this.#shown = shown;
    if (open?.kind !== "show_form" && open?.kind !== "assisted") this.#forgetForm();
    replace(byId("assistant-log"), said.map((entry) => this.#line(entry)), open && open.kind !== "assisted" && this.#answering(open));
    const bottom = byId("assistant-form").getBoundingClientRect().bottom - byId("assistant").getBoundingClientRect().bottom;
    byId("assistant").scrollTop += Math.max(0, bottom + 24);
  }

  #line({ kind, body }) {
    if (kind === "assisted") return bubble("member", body.text || phrase("filled_in"));
    if (!body.text) return null;
    return h("div", {}, bubble("helper", body.text), sourcesOf(body));
  }

  /** What the member can click or fill in. */
  #answering({ seq, kind, body }) {
    if (kind === "show_form") {
      if (this.#form?.seq !== seq) {
        this.#form?.card.show("again"); // what was typed goes on in the form that is shown again
        this.#form = this.#formFor(seq, body);
      }
      return this.#form.card.element;
    }
    const question = body.offer ?? body.question;
    const choices = kind === "offer" ? ["accept", "decline"] : kind === "show_button" ? [body.label] : (body.choices ?? []);
    const choice = (one) =>
      button(kind === "offer" ? phrase(one) : choiceLabel(one), {
        kind: "choice",
        "data-key": `assistant-${question}-${one}`,
        onclick: () => this.#ask({ question, choice: one }),
      });
    return choices.length > 0 && h("div", { class: "choices" }, choices.map(choice));
  }

  #formFor(seq, body) {
    const card = new FormCard({ seq, body }, this.#drafts, (filled) => this.#send(filled));
    card.show("open");
    return { seq, card };
  }

  // what was typed, a password perhaps, is kept only as long as its form may come back
  #forgetForm() {
    this.#form = null;
    this.#drafts.clear();
  }

  async #ask(wish, text = "") {
    byId("assistant-problem").textContent = "";
    try {
      await this.#send({ ...wish, event_id: freshId() });
    } catch (problem) {
      byId("assistant-problem").textContent = problem.message;
      if (text) byId("assistant-text").value = text;
    }
  }

  #send(wish) {
    return this.#conversation.send("assist", { agent: this.#agent, ...wish });
  }

  // one that has not finished yet is the one to answer
  get #agent() {
    return this.#conversation.record?.assistant?.agent ?? (byId("assistant-agent").value || this.#agents[0]?.slug);
  }
}

const bubble = (side, text) => h("p", { class: `said ${side}`, dir: "auto" }, text);

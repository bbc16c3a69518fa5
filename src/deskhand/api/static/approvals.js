// The approvals of the workspace: what waits for a decision, and what was decided lately.

import { announce, byId, button, h, replace } from "./dom.js";
import { icon } from "./icons.js";
import { ApprovalCard } from "./approval_card.js";

const LATELY = 20;

/** Keeps the list and its badge up to date; a card stays the same element, so nothing typed into it is lost. */
export class Approvals {
  #client;
  #conversation;
  #showView;
  #cards = new Map();
  #known = null;
  #reading = null;
  #again = false;

  constructor(client, conversation, showView) {
    this.#client = client;
    this.#conversation = conversation;
    this.#showView = showView;
    conversation.addEventListener("opened", () => this.#show());
    conversation.addEventListener("made", () => this.#show());
    const concerns = ({ kind }) => kind.startsWith("approval_");
    conversation.addEventListener("entries", ({ detail }) => detail.some(concerns) && this.read());
  }

  /** Read the list again; several wishes while it is being read become one more. */
  read() {
    if (this.#reading) this.#again = true;
    else this.#reading = this.#read().finally(() => this.#next());
    return this.#reading;
  }

  /** Bring a card before the member and give it the keyboard. */
  focus(id) {
    this.#showView("approvals");
    this.#cards.get(id)?.focus();
  }

  #next() {
    this.#reading = null;
    if (!this.#again) return;
    this.#again = false;
    this.read();
  }

  async #read() {
    try {
      const [pending, all] = await Promise.all([
        this.#client.get("/v1/approvals?status=pending&limit=200"),
        this.#client.get(`/v1/approvals?status=all&limit=${LATELY}`),
      ]);
      this.#take(pending.items, all.items.filter(({ status }) => status !== "pending"));
    } catch (problem) {
      if (!this.#known) this.#showProblem(problem);
    }
  }

  #take(pending, decided) {
    const fresh = this.#known ? pending.filter(({ id }) => !this.#known.has(id)) : [];
    this.#known = new Set([...pending, ...decided].map(({ id }) => id));
    for (const id of this.#cards.keys()) if (!this.#known.has(id)) this.#cards.delete(id);
    for (const approval of [...pending, ...decided]) this.#card(approval).update(approval);
    if (fresh.length) announce(`A new approval waits: ${fresh[0].card.description}`);
    this.#show();
  }

  #card(approval) {
    if (!this.#cards.has(approval.id)) {
      this.#cards.set(
        approval.id,
        new ApprovalCard(approval, {
          decide: (what, body) => this.#decide(approval.id, what, body),
          open: () => (location.hash = approval.conversation),
          isHere: () => approval.conversation === this.#conversation.id,
        }),
      );
    }
    return this.#cards.get(approval.id);
  }

  async #decide(id, what, body) {
    await this.#client.post(`/v1/approvals/${id}/${what}?wait=0`, body);
    await this.read();
    this.#conversation.refresh();
  }

  #show() {
    if (!this.#known) return;
    const cards = [...this.#cards.values()];
    const pending = cards.filter((card) => card.pending).sort(byTime);
    const decided = cards.filter((card) => !card.pending).sort(byTime).reverse();
    for (const card of cards) card.showPlace();
    this.#showCount(pending.length);
    arrange(byId("approvals-list"), [
      ...(pending.length ? pending.map((card) => card.element) : [this.#nothing()]),
      ...(decided.length ? [h("h3", { class: "divider" }, "Decided lately")] : []),
      ...decided.map((card) => card.element),
    ]);
  }

  #nothing() {
    return h(
      "div",
      { class: "nothing" },
      icon("shield"),
      h("p", {}, "Nothing waits for a decision."),
      h("p", { class: "calm-text" }, "When a step needs a person’s approval, the run stops and asks here."),
    );
  }

  #showCount(count) {
    document.title = count ? `(${count}) Deskhand` : "Deskhand";
    for (const badge of document.querySelectorAll(".badge")) {
      badge.textContent = count ? `${count}` : "";
      badge.hidden = !count;
      badge.setAttribute("aria-label", `${count} waiting`);
    }
  }

  #showProblem(problem) {
    replace(
      byId("approvals-list"),
      h(
        "div",
        { class: "nothing" },
        h("p", { class: "problem" }, problem.message),
        button("Try again", { onclick: () => this.read() }),
      ),
    );
  }
}

const byTime = (one, other) => one.requestedAt.localeCompare(other.requestedAt);

// Elements that stay are not moved: moving one would take the keyboard's focus and a half-written reason from it.
function arrange(container, elements) {
  for (const old of [...container.children]) if (!elements.includes(old)) old.remove();
  elements.forEach((element, at) => {
    if (container.children[at] !== element) container.insertBefore(element, container.children[at] ?? null);
  });
}

// The timeline: every run of the conversation, as it happens.

import { byId, h, replace } from "./dom.js";
import { eventLine } from "./events.js";
import { icon } from "./icons.js";
import { happened } from "./runs.js";
import { runCard } from "./run_card.js";
import { readable, withoutDirect } from "./words.js";

const EXPLANATION =
  "When the customer asks for something that a procedure does, each of its steps shows up here: " +
  "what was called, what came back, and who agreed.";

/** Show the runs of the conversation; what a run knows in detail is read again whenever it moved. */
export class Timeline {
  #client;
  #conversation;
  #book;
  #approvals;
  #names = new Map();
  #details = new Map();
  #stale = new Set();
  #reading = false;
  /** Whether the newest step is kept in sight: until somebody scrolls away or opens something above it. */
  #following = true;

  constructor(client, conversation, book, approvals) {
    this.#client = client;
    this.#conversation = conversation;
    this.#book = book;
    this.#approvals = approvals;
    for (const change of ["opened", "lost"]) conversation.addEventListener(change, () => this.#opened());
    conversation.addEventListener("entries", ({ detail }) => this.#moved(detail));
    conversation.addEventListener("record", () => this.#show());
    this.#watchReader(byId("timeline"));
  }

  /** Read what procedures are called. */
  async readNames() {
    try {
      const { items } = await this.#client.get("/v1/procedures?limit=200");
      this.#names = new Map(items.map((one) => [one.slug, one.name]));
      this.#show();
    } catch {
      // a slug is readable too
    }
  }

  #opened() {
    this.#details.clear();
    this.#stale.clear();
    this.#following = true;
    this.#show();
  }

  #moved(entries) {
    for (const { run } of entries) if (run) this.#stale.add(run);
    // a customer's answer has no run, but changes the variables of those that go on
    for (const run of this.#conversation.record?.runs ?? []) this.#stale.add(run.id);
    this.#show();
    this.#readDetails();
  }

  async #readDetails() {
    if (this.#reading) return;
    this.#reading = true;
    while (this.#stale.size) {
      const [run] = this.#stale;
      this.#stale.delete(run);
      try {
        this.#details.set(run, await this.#client.get(`/v1/runs/${run}`));
      } catch {
        continue; // the log alone tells the way; the next entry asks again
      }
    }
    this.#reading = false;
    this.#show();
  }

  #show() {
    const place = byId("timeline");
    const blocks = happened(this.#conversation.entries);
    if (!blocks.length) {
      place.replaceChildren(nothingYet());
      return;
    }
    const newest = blocks.findLast(({ type }) => type === "run");
    replace(place, h("ol", { class: "blocks" }, blocks.map((block) => h("li", {}, this.#block(block, block === newest)))));
    this.#follow();
  }

  #watchReader(place) {
    const look = () => (this.#following = hiddenBelow(place) <= 0);
    place.addEventListener("scroll", look, { passive: true });
    place.addEventListener("toggle", look, { capture: true }); // disclosures don't tell their parents
    new ResizeObserver(() => this.#follow()).observe(place);
  }

  #follow() {
    if (this.#following) byId("timeline").scrollTop += Math.max(0, hiddenBelow(byId("timeline")) + 24);
  }

  #nameOf(procedure) {
    return this.#names.get(procedure) ?? readable(withoutDirect(procedure));
  }

  #block(block, newest) {
    if (block.type === "event") return eventLine(block.entry, (slug) => this.#nameOf(slug));
    const detail = this.#details.get(block.id);
    const { runs = [], assistant } = this.#conversation.record ?? {};
    const assisted = assistant?.runs.find((one) => one.id === block.id);
    const live = assisted ?? runs.find((one) => one.id === block.id);
    const procedure = block.procedure ?? detail?.procedure;
    const version = block.version ?? detail?.version;
    return runCard({
      run: block,
      name: live?.name ?? this.#nameOf(procedure ?? "procedure"),
      nameOf: (slug) => this.#nameOf(slug),
      version,
      assisted: Boolean(assisted),
      waiting: block.outcome ? null : (live?.waiting ?? detail?.waiting ?? null),
      detail,
      steps: this.#book.at(procedure, version, () => this.#show()),
      newest,
      review: (approval) => this.#approvals.focus(approval),
    });
  }
}

/** How many pixels of the newest step or event lie below what can be seen. */
function hiddenBelow(place) {
  const newest = [...place.querySelectorAll(".node, .event")].at(-1);
  return newest ? newest.getBoundingClientRect().bottom - place.getBoundingClientRect().bottom : 0;
}

const nothingYet = () =>
  h(
    "div",
    { class: "nothing" },
    icon("steps"),
    h("p", {}, "Nothing has run yet."),
    h("p", { class: "calm-text" }, EXPLANATION),
  );

// One approval: everything that a person needs for deciding, and the decision.

import { button, h, replace } from "./dom.js";
import { icon } from "./icons.js";
import { requestBlock } from "./acts.js";
import { DecisionForm } from "./decision_form.js";
import { shortTime, showTimeLeft, wholeTime } from "./time.js";
import { valueElement } from "./values.js";
import { ACT, DECISION, readable } from "./words.js";

/** The card of an approval; its element stays the same from the request to the decision and after. */
export class ApprovalCard {
  #approval;
  #actions;
  #form = null;
  #place = h("p", { class: "place" });

  /** `actions`: `{decide(what, body), open(), isHere()}`. */
  constructor(approval, actions) {
    this.#approval = approval;
    this.#actions = actions;
    this.element = h("article", { class: "approval", id: approval.id, tabindex: "0", "aria-labelledby": `${approval.id}-title` });
    this.element.addEventListener("keydown", (event) => this.#onKey(event));
    this.#showPending();
    if (!this.pending) this.#showDecided();
  }

  get pending() {
    return this.#approval.status === "pending";
  }

  get requestedAt() {
    return this.#approval.requested_at;
  }

  /** Take over what the server says about it now. */
  update(approval) {
    const decided = this.pending && approval.status !== "pending";
    this.#approval = approval;
    if (!decided) return;
    const hadFocus = this.element.contains(document.activeElement);
    this.#showDecided();
    if (hadFocus) this.element.focus({ preventScroll: true });
  }

  /** Whether it belongs to the conversation that is shown. */
  showPlace() {
    const here = this.#actions.isHere();
    this.element.dataset.here = here;
    const goThere = () => button("Open its conversation", { kind: "small plain link", onclick: this.#actions.open });
    this.#place.replaceChildren(here ? "In the conversation shown here" : goThere());
  }

  focus() {
    this.element.focus();
    this.element.scrollIntoView({ block: "nearest" });
  }

  #showPending() {
    const { id, card, expires_at: until, about } = this.#approval;
    const unknown = about === "outcome";
    this.#form = new DecisionForm(this.#approval, this.#actions.decide);
    this.element.dataset.status = "pending";
    replace(
      this.element,
      h(
        "header",
        { class: "approval-head" },
        h("span", { class: "pill warn" }, icon(unknown ? "warning" : "shield"), unknown ? "Did it happen?" : "Needs approval"),
        until && timeLeftOf(until),
      ),
      h("h3", { id: `${id}-title`, dir: "auto" }, card.description),
      this.#origin(),
      card.words && quote(card.words),
      h("p", { class: "rule" }, card.rule),
      ...this.#contents(),
      h("p", { class: "then" }, afterwards(this.#approval)),
      this.#form.element,
    );
  }

  #showDecided() {
    const { id, card, status, decided_by: by, decided_at: at, reason } = this.#approval;
    const [words, tone] = DECISION[status] ?? [readable(status), "calm"];
    this.element.dataset.status = status;
    this.#form = null;
    replace(
      this.element,
      h(
        "details",
        {},
        h(
          "summary",
          {},
          h("span", { class: `pill ${tone}` }, words),
          h("span", { class: "approval-title", id: `${id}-title`, dir: "auto" }, card.description),
        ),
        this.#origin(),
        card.words && quote(card.words),
        ...this.#contents(),
      ),
      h(
        "p",
        { class: "decided" },
        by && `${words} by ${by}`,
        at && h("time", { datetime: at, title: wholeTime(at) }, ` ${shortTime(at)}`),
      ),
      reason && h("p", { class: "reason", dir: "auto" }, `“${reason}”`),
    );
  }

  #origin() {
    const { card } = this.#approval;
    return h("div", { class: "origin" }, h("p", {}, `${card.procedure}, step “${readable(card.step)}”`), this.#place);
  }

  #contents() {
    const { card, about } = this.#approval;
    const title = !this.pending ? "What it was for" : about === "outcome" ? "What was sent" : "Exactly this will be done";
    const variables = Object.entries(card.variables ?? {});
    return [
      requestBlock(card.request ?? {}, `${title}: ${ACT[card.act] ?? readable(card.act)}`),
      variables.length > 0 && h("div", {}, h("h4", {}, "What is known"), h("dl", { class: "fields" }, variables.map(variable))),
    ].filter(Boolean);
  }

  #onKey(event) {
    if (event.target !== this.element || event.ctrlKey || event.metaKey || event.altKey) return;
    this.#form?.onKey(event);
  }
}

/** What happens without a decision. */
function afterwards({ about, expires_at: until, card }) {
  if (about === "outcome") return "It waits until somebody has looked. The customer was told that a colleague is checking.";
  if (!until) return "It waits until somebody decides.";
  const then = (card.after_expiry ?? "").replace(/`([^`]+)`/g, "“$1”");
  return `Without a decision by ${shortTime(until)} it is not done. ${then}`;
}

function variable([name, value]) {
  return [h("dt", {}, h("code", {}, name)), h("dd", { dir: "auto" }, valueElement(value))];
}

const quote = (words) => h("blockquote", { dir: "auto" }, h("span", { class: "unseen" }, "The customer wrote: "), words);

function timeLeftOf(until) {
  const left = h("span", { "data-until": until });
  showTimeLeft(left);
  return h("span", { class: "left", title: `Until ${wholeTime(until)}` }, icon("clock"), left);
}

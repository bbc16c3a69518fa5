// The buttons below an approval, and the reason that a rejection needs.

import { button, h } from "./dom.js";
import { freshId } from "./ids.js";

/** Lets a member decide. Problems show up in place; `element` goes onto the card. */
export class DecisionForm {
  #decide;
  #buttons;
  #problem = h("p", { class: "problem", role: "alert" });
  #shortcuts = {};
  #rejecting = null;
  #eventIds = new Map();
  #busy = false;

  /** `decide(what, body)` posts the decision and raises a problem with a sentence. */
  constructor(approval, decide) {
    this.#decide = decide;
    this.#buttons = approval.about === "outcome" ? this.#outcomeButtons() : this.#approvalButtons();
    this.element = h("div", { class: "decision" }, this.#buttons, this.#problem);
    if (approval.about !== "outcome") {
      this.#rejecting = this.#reasonForm(approval.id);
      this.#problem.before(this.#rejecting);
    }
  }

  /** A key was pressed on the card itself. */
  onKey(event) {
    const act = this.#shortcuts[event.key.toLowerCase()];
    if (!act || event.repeat) return;
    event.preventDefault();
    act();
  }

  #approvalButtons() {
    const approve = () => this.#send("approve");
    const reject = () => this.#askReason(true);
    this.#shortcuts = { a: approve, r: reject };
    return h(
      "div",
      { class: "actions" },
      button("Approve", { icon: "check", kind: "primary", onclick: approve, "aria-keyshortcuts": "A" }),
      button("Reject …", { icon: "cross", onclick: reject, "aria-keyshortcuts": "R" }),
      h("span", { class: "keys", "aria-hidden": "true" }, h("kbd", {}, "A"), " or ", h("kbd", {}, "R")),
    );
  }

  #outcomeButtons() {
    const one = (label, decision, more) => button(label, { onclick: () => this.#send("outcome", { decision }), ...more });
    return h(
      "div",
      { class: "actions" },
      one("It happened", "happened", { icon: "check" }),
      one("It did not: retry", "retry", { icon: "retry" }),
      one("Take over", "take_over", { icon: "person" }),
    );
  }

  #reasonForm(id) {
    const field = h("textarea", { id: `${id}-reason`, rows: "2", maxlength: "2000", "aria-describedby": `${id}-reason-note` });
    const problem = h("p", { class: "problem", role: "alert" });
    const submit = (event) => {
      event.preventDefault();
      const reason = field.value.trim();
      problem.textContent = reason ? "" : "Please say why: the colleague who takes over will need it.";
      field.setAttribute("aria-invalid", !reason);
      if (reason) this.#send("reject", { reason });
      else field.focus();
    };
    const backOnEscape = (event) => event.key === "Escape" && this.#askReason(false);
    field.addEventListener("input", () => (problem.textContent = ""));
    return h(
      "form",
      { class: "reason-form", hidden: true, novalidate: true, onsubmit: submit, onkeydown: backOnEscape },
      h("label", { for: field.id }, "Why not?"),
      field,
      problem,
      h("p", { class: "calm-text", id: `${id}-reason-note` }, "For the team only. The customer is handed over to a person."),
      h(
        "div",
        { class: "actions" },
        h("button", { type: "submit", class: "button danger" }, "Reject"),
        button("Keep it waiting", { kind: "plain", onclick: () => this.#askReason(false) }),
      ),
    );
  }

  #askReason(wanted) {
    this.#rejecting.hidden = !wanted;
    this.#buttons.hidden = wanted;
    this.#problem.textContent = "";
    if (wanted) this.#rejecting.querySelector("textarea").focus();
    else this.element.closest(".approval").focus();
  }

  async #send(what, body = {}) {
    if (this.#busy) return;
    const wish = JSON.stringify([what, body]);
    // the same wish again, after an answer that got lost, is the same event
    if (!this.#eventIds.has(wish)) this.#eventIds.set(wish, freshId());
    this.#problem.textContent = "";
    this.#setBusy(true);
    try {
      await this.#decide(what, { ...body, event_id: this.#eventIds.get(wish) });
    } catch (problem) {
      this.#problem.textContent = problem.message;
    } finally {
      this.#setBusy(false);
    }
  }

  #setBusy(busy) {
    this.#busy = busy;
    this.element.setAttribute("aria-busy", busy);
    // `disabled` would take the keyboard's focus away
    for (const one of this.element.querySelectorAll("button")) one.setAttribute("aria-disabled", busy);
  }
}

// Thumbs for what the agent said; a thumb down may say why.

import { announce, button, h, replace } from "./dom.js";
import { freshId } from "./ids.js";
import { phrase } from "./phrases.js";

const LONGEST = 2000;
const REACTIONS = [
  ["positive", "thumb_up", "helpful"],
  ["negative", "thumb_down", "not_helpful"],
];

/** Makes the thumbs of `say` entries and keeps them up to date. */
export class Thumbs {
  #conversation;
  #rows = new Map();

  constructor(conversation) {
    this.#conversation = conversation;
  }

  /** Forget those of the conversation before. */
  clear() {
    this.#rows.clear();
  }

  /** The elements for a `say` entry: the thumbs, and the place for why not. */
  make({ seq }) {
    // not read out with the message: they are there for whoever looks for them
    const thumbs = h("div", { class: "thumbs", role: "group", "aria-label": phrase("rate"), "aria-live": "off" });
    const why = h("div", { class: "why", hidden: true });
    this.#rows.set(seq, { thumbs, why, shown: null });
    return [thumbs, why];
  }

  /** Bring all of them up to date. */
  show() {
    const given = new Map();
    for (const { kind, body } of this.#conversation.talk) if (kind === "feedback") given.set(body.about, body.reaction);
    const newest = [...this.#rows.keys()].at(-1);
    for (const [seq, row] of this.#rows) {
      const reaction = given.get(seq) ?? "";
      row.thumbs.dataset.newest = seq === newest;
      if (row.shown === reaction) continue;
      row.shown = reaction;
      row.thumbs.dataset.given = reaction;
      replace(row.thumbs, REACTIONS.map((one) => this.#thumb(seq, row, reaction, ...one)));
    }
  }

  #thumb(seq, row, given, reaction, picture, label) {
    return button(phrase(label), {
      icon: picture,
      kind: "plain thumb",
      quiet: true,
      "aria-pressed": String(given === reaction),
      "aria-expanded": reaction === "negative" ? "false" : null,
      "data-key": `thumb-${seq}-${reaction}`,
      onclick: () => this.#press(seq, row, given, reaction),
    });
  }

  #press(seq, row, given, reaction) {
    if (given === reaction) return;
    if (reaction === "negative" && row.why.hidden) this.#askWhy(seq, row);
    else this.#close(row, reaction);
    if (reaction === "positive") this.#send(seq, row, { reaction });
  }

  #askWhy(seq, row) {
    const field = h("input", { id: `why-${seq}`, type: "text", maxlength: LONGEST, autocomplete: "off", dir: "auto" });
    const form = h(
      "form",
      {
        onsubmit: (event) => {
          event.preventDefault();
          this.#send(seq, row, { reaction: "negative", reason: field.value.trim() });
        },
        onkeydown: (event) => event.key === "Escape" && this.#close(row, "negative"),
      },
      h("label", { for: field.id }, phrase("what_was_wrong"), h("span", { class: "calm-text" }, ` ${phrase("optional")}`)),
      field,
      h("p", { class: "problem", role: "alert" }),
      h(
        "div",
        { class: "actions" },
        h("button", { type: "submit", class: "button small primary" }, phrase("send")),
        button(phrase("cancel"), { kind: "small plain", onclick: () => this.#close(row, "negative") }),
      ),
    );
    replace(row.why, form);
    row.why.hidden = false;
    this.#expand(row, true);
    field.focus({ preventScroll: true });
    row.why.scrollIntoView({ block: "nearest" });
  }

  #close(row, reaction) {
    if (row.why.hidden) return;
    row.why.hidden = true;
    row.why.replaceChildren();
    this.#expand(row, false);
    row.thumbs.querySelector(`[data-key$="${reaction}"]`)?.focus({ preventScroll: true });
  }

  #expand(row, open) {
    row.thumbs.dataset.open = open;
    row.thumbs.querySelector("[aria-expanded]")?.setAttribute("aria-expanded", open);
  }

  async #send(seq, row, body) {
    try {
      await this.#conversation.send("feedback", { ...body, about: seq, event_id: freshId() });
      this.#close(row, body.reaction);
      announce(phrase("thanks"));
    } catch (problem) {
      const place = row.why.querySelector(".problem");
      if (place) place.textContent = phrase("not_sent", { why: problem.message });
      else announce(phrase("not_sent", { why: problem.message }));
    }
  }
}

// A button in the chat: one that opens an address is a link, any other tells the server that it was clicked.

import { button, h, replace } from "./dom.js";
import { icon } from "./icons.js";
import { phrase } from "./phrases.js";

const OPENABLE = new Set(["https:", "http:", "mailto:", "tel:"]);

/** The card of a `show_button` entry. */
export class ButtonCard {
  element = h("div", { class: "card" });
  #entry;
  #report;
  #target;
  #state = null;

  /** `report(then)` tells the server of the click; `then` is called when it is taken in. */
  constructor(entry, report) {
    this.#entry = entry;
    this.#report = report;
    this.#target = targetOf(entry.body);
  }

  get question() {
    return this.#entry.body.question;
  }

  /** Show it as `open`, `sending`, or as what became of it; tells whether it was opened just now. */
  show(state) {
    if (state === this.#state) return false;
    const stood = ["open", "sending"].includes(this.#state);
    this.#state = state;
    this.element.hidden = state === "again";
    if (state !== "open" && state !== "sending") {
      replace(this.element, state !== "again" && this.#afterwards(state));
      return false;
    }
    // the element stays: a link that is taken away while it is clicked might not open
    if (!stood) replace(this.element, this.#control());
    this.element.querySelector(".button").setAttribute("aria-disabled", state === "sending");
    return !stood;
  }

  #control() {
    const { seq, body } = this.#entry;
    if (!this.#target) return button(body.label, { kind: "choice primary", dir: "auto", onclick: () => this.#press() });
    const note = `button-${seq}-note`;
    const { href, newTab, words } = this.#target;
    return [
      h(
        "a",
        {
          class: "button choice primary",
          dir: "auto",
          href,
          ...inTab(newTab),
          "aria-describedby": note,
          onclick: (event) => this.#follow(event),
          onauxclick: (event) => event.button === 1 && this.#press(),
        },
        body.label,
        newTab && icon("away"),
      ),
      h("p", { class: "calm-text note", id: note }, words),
    ];
  }

  #press(then) {
    if (this.#state === "open") this.#report(then);
  }

  #follow(event) {
    if (this.#state !== "open") {
      event.preventDefault();
      return;
    }
    const elsewhere = this.#target.newTab || event.ctrlKey || event.metaKey || event.shiftKey;
    if (elsewhere) {
      this.#press();
      return;
    }
    // leaving this page would cut off the report
    event.preventDefault();
    this.#press(() => location.assign(this.#target.href));
  }

  #afterwards(state) {
    const { label } = this.#entry.body;
    if (state !== "answered") return afterwards("cross", phrase("not_clicked", { label }));
    if (!this.#target) return afterwards("check", phrase("clicked"));
    const { href, newTab } = this.#target;
    return afterwards("check", phrase("opened"), h("a", { href, dir: "auto", ...inTab(newTab) }, label));
  }
}

const afterwards = (picture, ...words) => h("p", { class: "afterwards" }, icon(picture), h("span", {}, words));

const inTab = (newTab) => (newTab ? { target: "_blank", rel: "noopener noreferrer" } : {});

/** Where a button leads: `{href, newTab, words}`, or null where it opens nothing. */
function targetOf({ url, new_tab: newTab }) {
  const whole = url && URL.canParse(url) ? new URL(url) : null;
  if (!whole || !OPENABLE.has(whole.protocol)) return null;
  if (whole.protocol === "mailto:") return { href: whole.href, newTab: false, words: phrase("opens_mail") };
  if (whole.protocol === "tel:") return { href: whole.href, newTab: false, words: phrase("opens_phone") };
  return { href: whole.href, newTab, words: phrase(newTab ? "opens_tab" : "opens", { host: whole.host }) };
}

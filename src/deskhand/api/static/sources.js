// Where an answer stands: the sources that it cites, as links where they can be opened.

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { phrase } from "./phrases.js";

const OPENABLE = new Set(["https:", "http:"]);

/** The list of an answer's sources, or null where it cites none. */
export function sourcesOf({ sources = [] }) {
  if (!sources.length) return null;
  return h("ul", { class: "sources", "aria-label": phrase("sources") }, sources.map((one) => h("li", {}, sourceElement(one))));
}

function sourceElement({ title, source, url, page }) {
  const words = [title || source, page && phrase("page", { number: page })].filter(Boolean).join(", ");
  const href = addressOf(url);
  if (!href) return h("span", { class: "source", dir: "auto" }, icon("book"), h("span", {}, words));
  return h(
    "a",
    { class: "source", dir: "auto", href, target: "_blank", rel: "noopener noreferrer" },
    icon("book"),
    h("span", {}, words),
    h("span", { class: "unseen" }, ` ${phrase("new_tab")}`),
  );
}

/** The address, where a browser may open it: a page of the web and nothing else. */
function addressOf(url) {
  const whole = url && URL.canParse(url) ? new URL(url) : null;
  return whole && OPENABLE.has(whole.protocol) ? whole.href : null;
}

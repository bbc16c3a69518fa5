// A variable's value: in full where it is short, behind a disclosure where it is an object.

import { h } from "./dom.js";
import { valueText } from "./words.js";

/** The element for a value; `key` keeps its disclosure open when the surroundings are shown anew. */
export function valueElement(value, key = null) {
  if (value === null || typeof value !== "object") return h("span", { class: "value", dir: "auto" }, valueText(value));
  const count = Array.isArray(value) ? value.length : Object.keys(value).length;
  const unit = Array.isArray(value) ? "item" : "field";
  return h(
    "details",
    { "data-key": key && `value-${key}` },
    h("summary", {}, `${count} ${unit}${count === 1 ? "" : "s"}`),
    h("pre", { tabindex: "0" }, valueText(value)),
  );
}

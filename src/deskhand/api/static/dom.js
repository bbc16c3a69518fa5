// Making elements. Data only ever becomes a text node or an attribute, never markup.

import { icon } from "./icons.js";

/** The element with this id in the page. */
export const byId = (id) => document.getElementById(id);

/**
 * Make an element. `on…` properties are listeners, `value` and `disabled` are set as properties, `null` and `false`
 * leave the attribute out; children are elements, strings or (nested) lists of them.
 */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "value" || name === "disabled") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** A button with an icon and a label; `quiet` shows the icon only. */
export function button(label, { icon: picture = null, kind = "", quiet = false, ...properties } = {}) {
  const text = quiet ? h("span", { class: "unseen" }, label) : label;
  return h(
    "button",
    { type: "button", class: `button ${kind} ${quiet ? "quiet" : ""}`.trim(), title: quiet ? label : null, ...properties },
    picture && icon(picture),
    text,
  );
}

/**
 * Replace what a container shows, keeping the keyboard's place: the element with the same `data-key` has the focus
 * afterwards, and disclosures with a `data-key` stay as somebody has set them (`data-opens`: open to begin with).
 */
export function replace(container, ...children) {
  const focused = container.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  const touched = [...container.querySelectorAll("details[data-key]")].filter((one) => one.open !== one.hasAttribute("data-opens"));
  const open = new Map(touched.map((one) => [one.dataset.key, one.open]));
  container.replaceChildren(...children.flat(Infinity).filter(Boolean));
  for (const one of container.querySelectorAll("details[data-key]")) {
    if (open.has(one.dataset.key)) one.open = open.get(one.dataset.key);
  }
  if (focused) [...container.querySelectorAll("[data-key]")].find((one) => one.dataset.key === focused)?.focus();
}

/** Say something to screen readers without showing it. */
export function announce(sentence) {
  if (byId("announcements").textContent !== sentence) byId("announcements").textContent = sentence;
}

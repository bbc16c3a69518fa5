// Making elements. Data only ever becomes a text node or an attribute, never markup.

const SVG = "http://www.w3.org/2000/svg";

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

/** One of the pictures in icons.svg; it says nothing to a screen reader. */
export function icon(name) {
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("class", "icon");
  picture.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `/static/icons.svg#${name}`);
  picture.append(use);
  return picture;
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
 * afterwards, and disclosures with a `data-key` stay open.
 */
export function replace(container, ...children) {
  const focused = container.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  const open = new Map([...container.querySelectorAll("details[data-key]")].map((one) => [one.dataset.key, one.open]));
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

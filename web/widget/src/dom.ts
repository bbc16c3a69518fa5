// Making elements, with what the browser had when the widget arrived. Never HTML: text stays text.

import { each, filter, listen, map, pairs, uncalled } from "./natives";

export const doc = document;
const { prototype } = Element;

const make = uncalled(doc.createElement) as unknown as (of: Document, tag: string) => HTMLElement;
const drawn = uncalled(doc.createElementNS) as unknown as (of: Document, space: string, tag: string) => SVGElement;
export const add = uncalled(prototype.append) as (node: Element, ...children: (Node | string)[]) => void;
const set = uncalled(prototype.setAttribute);
const unset = uncalled(prototype.removeAttribute);
const fill = uncalled(prototype.replaceChildren);
export const remove = uncalled(prototype.remove) as (node: Element) => void;
export type Child = Node | string | number | false | null | undefined | readonly Child[];
type Values = Record<string, unknown> & { nodeType?: never };
type Tag<S> = S extends `${infer T}.${string}` ? T : S;
type Made<S> = Tag<S> extends keyof HTMLElementTagNameMap ? HTMLElementTagNameMap[Tag<S>] : HTMLElement;

/** Set attributes, and listen where a name begins with `on`; what is false or nothing is taken away. */
export function change(node: Element, values: Values): void {
  each(pairs(values), ([name, value]) => {
    if (name.startsWith("on")) listen(node, name.slice(2), value as () => void);
    else if (value === false || value == null) unset(node, name);
    else set(node, name, value === true ? "" : `${value}`);
  });
}

const flat = (children: readonly Child[]) => filter((children as Child[]).flat(9), one => one) as (Node | string)[];

/** Put these children in place of those that are there. */
export const put = (node: Element, ...children: Child[]) => fill(node, ...flat(children));

/** An element, as in `h("p.calm", { id }, "Words")`. */
export function h<S extends string>(what: S, values?: Values | Child, ...children: Child[]): Made<S> {
  const [tag, kind] = what.split(".") as [string, string?];
  const node = make(doc, tag);
  if (kind) node.className = kind;
  if (values?.constructor === Object) change(node, values as Values);
  else add(node, ...flat([values as Child]));
  add(node, ...flat(children));
  return node as Made<S>;
}

/** A button that submits nothing. */
export const button = (what: string, press: () => unknown, ...children: Child[]): HTMLButtonElement =>
  h(`button.${what}`, { type: "button", onclick: press }, children) as unknown as HTMLButtonElement;

const PATHS = {
  chat: "M4.5 20.5l1-4A8 7.5 0 1 1 8.5 18.5z",
  close: "M6 6l12 12M18 6L6 18",
  down: "M5 9l7 7 7-7",
  send: "M12 20V5M5 12l7-7 7 7",
  clip: "M20 11l-8 8a5 5 0 0 1-7-7l8-8a3.4 3.4 0 0 1 5 5l-8 8a1 1 0 0 1-3-3l7-7",
  dots: "M5 12h0M12 12h0M19 12h0",
  check: "M5 12l5 5 9-10",
  up: "M7 11v9H4v-9zl4-8c2 0 3 1 2 6h5a2 2 0 0 1 2 2l-1 7a2 2 0 0 1-2 2H7",
};
export type Icon = keyof typeof PATHS;

const SVG = "http://www.w3.org/2000/svg";

/** A picture that says nothing to a screen reader. */
export function icon(name: Icon): SVGElement {
  const svg = drawn(doc, SVG, "svg");
  const path = drawn(doc, SVG, "path");
  change(svg, { viewBox: "0 0 24 24", class: name, "aria-hidden": "true" });
  set(path, "d", PATHS[name]);
  add(svg, path);
  return svg;
}

/** A button that shows a picture, and has a name for those who do not see it. */
export function iconButton(what: string, name: Icon, label: string, press: () => unknown): HTMLButtonElement {
  const node = button(what, press, icon(name));
  change(node, { "aria-label": label });
  return node;
}

/** Whether the keyboard is somewhere in this element, of the widget's own tree. */
export const holdsFocus = (node: Element) => node.contains((node.getRootNode() as ShadowRoot).activeElement);

/** A part of the picture that brings itself up to date. */
export interface Part {
  node: Element;
  update(): void;
}

/** Keep children in step with a list: `[key, make]`; a part with a known key stays. All are brought up to date. */
export function keep(
  node: Element,
  wanted: readonly (readonly [string, () => Part])[],
  known: Map<string, Part>,
): void {
  const names = new Set(map(wanted, ([key]) => key));
  known.forEach((part, key) => {
    if (!names.has(key) && known.delete(key)) remove(part.node);
  });
  let place = node.firstChild;
  each(wanted, ([key, build]) => {
    const part = known.get(key) ?? build();
    known.set(key, part);
    if (part.node === place) place = place.nextSibling;
    else node.insertBefore(part.node, place);
    part.update();
  });
}

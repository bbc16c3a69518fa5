// What all parts of the picture have in hand.

import { h } from "./dom";
import type { Link } from "./link";
import { safe } from "./links";
import { markdown } from "./markdown";
import type { State } from "./store";
import type { Say } from "./texts";
import type { Entry } from "./types";
import type { Visit } from "./visit";

export interface View {
  readonly visit: Visit;
  readonly state: State;
  readonly link: Link;
  /** The server's address, with a slash at its end. */
  server: string;
  mode: string;
  side: string | undefined;
  theme: string;
  locale: string;
  say: Say;
  /** Why there is nobody to talk to. */
  trouble: "" | "refused" | "identity";
  /** Custom elements that the host page lets an agent show. */
  elements: Set<string>;
  /** When the chat is taken off the page. */
  signal: AbortSignal;
  /** Whether the panel fills a phone's screen. */
  fills(): boolean;
  /** Tell the host page. */
  emit(event: string, detail: object): void;
  /** Draw anew, soon. */
  redraw(): void;
  click(question: string | undefined, choice: string): Promise<string>;
  /** Buttons of what the customer can always have done. */
  menu(make: (words: string, press: () => unknown) => Element): Element[];
  /** A button of this conversation was clicked in this tab: a script that follows may run here. */
  agreed(entry: Entry): void;
  open(): void;
  close(): void;
  /** Give the keyboard to where the customer writes. */
  focus(): void;
  /** Show a line above the place to write, here and for a moment; it is read out too. */
  note(text: string): void;
}

/** A link that opens beside the page; one whose words tell another place than it leads to says which. */
function linked(href: string, ...words: (Node | string)[]): Node {
  const { host } = safe(href) as URL;
  const link = h("a", { href, target: host && "_blank", rel: "noopener noreferrer" }, words);
  return !host || safe(link.textContent ?? "")?.host === host ? link : h("span", link, ` (${host})`);
}

/** A title with an address behind it, where it is one that may be opened. */
export const outward = (words: string, url?: string) => (url && safe(url)?.host ? linked(url, words) : words);

/** An agent's or a member's words. */
export const formatted = (text: string) =>
  markdown<Node>(text, (tag, values, of) => (values.href ? linked(values.href, ...of) : h(tag, values, of)));

/** The picture of somebody: the first letter of their name. */
export const face = (name: string) => h("span.face", { "aria-hidden": "true" }, [...name][0]?.toUpperCase());

/** The time, with the day where it was not today. */
export function timeOf(at: string, locale: string): string {
  const date = new Date(at);
  const today = date.toDateString() === new Date().toDateString();
  return date.toLocaleString(locale, {
    ...(!today && { weekday: "short", day: "numeric", month: "short" }),
    hour: "2-digit",
    minute: "2-digit",
  });
}

/** A number of bytes for people. */
export const sizeOf = (bytes: number) => `${Math.ceil(bytes / 1e5) / 10} MB`;

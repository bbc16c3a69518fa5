// The part of Markdown that an agent's words may use. It makes nodes, and never HTML.

import { safe } from "./links";
import { push } from "./natives";

/** Makes an element of a tag, with an address where it is a link, and its children. */
export type Make<N> = (tag: string, values: { href?: string; start?: string }, of: (N | string)[]) => N;

const BULLET = /^\s*(?:[-*+•]|(\d{1,4})[.)])\s+(.*)$/;
// each alternative stops at the first character that ends it, so that no text takes more than linear time
const INLINE =
  /`([^`\n]+)`|(\*\*?)(?=\S)([^*\n]+)\2(?!\w)|(__?)(?=\S)([^_\n]+)\4(?!\w)|\[([^[\]\n]+)\]\(([^\s()<>]+(?:\([^\s()<>]*\))?)\)|(https?:\/\/[^\s<>"`]+)/g;

/** What stands in a line. */
function inline<N>(text: string, make: Make<N>): (N | string)[] {
  const found: (N | string)[] = [];
  let at = 0;
  for (const match of text.matchAll(INLINE)) {
    const [all, code, star, starred, line, lined, label, target, bare] = match;
    const start = match.index;
    const strong = star ?? line;
    // `2*3*4` and `order_id_7` are no emphasis
    if (strong && /\w/.test(text[start - 1] ?? "")) continue;
    // a full stop behind an address is the sentence's
    const address = bare?.replace(/[.,;:!?'")\]*_]+$/, "");
    const href = safe(target ?? address)?.href;
    if (!code && !strong && !href) continue;
    push(found, text.slice(at, start));
    if (code) push(found, make("code", {}, [code]));
    else if (strong) push(found, make(strong[1] ? "strong" : "em", {}, inline(starred ?? (lined as string), make)));
    else push(found, make("a", { href: href as string }, [label ?? (address as string)]));
    at = start + (address ?? all).length;
  }
  push(found, text.slice(at));
  return found;
}

/** Paragraphs, lists and blocks of code. */
export function markdown<N>(text: string, make: Make<N>): N[] {
  const found: N[] = [];
  let tag = "";
  let start: string | undefined;
  let of: (N | string)[] = [];
  const end = () => {
    if (of.length) push(found, make(tag, { start: start as string }, of));
    tag = "";
    of = [];
  };
  for (const line of text.split(/\r\n?|\n/)) {
    const [, number, item] = BULLET.exec(line) ?? [];
    const now = item === undefined ? "p" : number ? "ol" : "ul";
    if (/^\s*```/.test(line)) {
      const begins = tag !== "pre";
      end();
      if (begins) tag = "pre";
    } else if (tag === "pre") push(of, `${line}\n`);
    else if (!line.trim()) end();
    else {
      if (tag !== now) {
        end();
        tag = now;
        start = number;
      } else if (now === "p") push(of, make("br", {}, []));
      const words = inline(item ?? line.replace(/^#{1,6}\s+/, ""), make);
      push(of, ...(now === "p" ? words : [make("li", {}, words)]));
    }
  }
  end();
  return found;
}

// The conversation as the customer sees it: its rows, what is on its way, and the place in it.

import { button, change, h, iconButton, keep, type Part, put } from "./dom";
import { filter, map, max, setTimeout, some } from "./natives";
import { isShown, rowOf, rowOnItsWay } from "./rows";
import { formatted, type View } from "./view";

const MOST = 150;
const MORE = 100;
const NEAR = 80;
const SETTLED = 500;

export interface Log {
  node: Element;
  draw(): void;
  /** Change something without losing sight of the newest message. */
  keepEnd(act: () => void): void;
  /** Go to the newest message. */
  toEnd(): void;
}

/** `first` stands above the conversation. */
export function createLog(view: View, first: Element): Log {
  const { say } = view;
  const drafts = new Map<string, Record<string, string>>();
  const rows = new Map<string, Part>();
  const pending = new Map<string, Part>();
  let most = MOST;
  let written = "";

  const earlier = button("more", showMore, say("earlier"));
  const log = h("div", { role: "log", "aria-label": say("messages") });
  const out = h("div");
  const words = h("div.bubble");
  // what is being written is read out when it is whole
  const writing = h("div.row", { "aria-hidden": "true" }, words);
  const working = h("div.row working", { "aria-hidden": "true" }, h("div.bubble", h("i"), h("i"), h("i")));
  const scroller = h(
    "div.scroll",
    { tabindex: 0, role: "region", "aria-label": say("messages"), onscroll: look },
    first,
    earlier,
    log,
    out,
    writing,
    working,
  );
  const down = iconButton("newest", "down", say("newest"), toEnd);

  const below = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;

  function look() {
    down.hidden = below() < NEAR;
  }

  function toEnd() {
    scroller.scrollTop = scroller.scrollHeight;
    look();
  }

  /** What is drawn now was there before, and is not read out. */
  const quietly = (before: boolean) => {
    if (!before) return;
    change(log, { "aria-live": "off" });
    setTimeout(() => change(log, { "aria-live": "polite" }), SETTLED);
  };

  function showMore() {
    const left = below();
    most += MORE;
    quietly(true);
    drawRows();
    scroller.scrollTop += below() - left;
  }

  function drawRows() {
    const { entries, conversation } = view.state;
    const shown = filter(entries, isShown);
    const from = max(0, shown.length - most);
    const wanted = map(shown.slice(from), (entry, at) => {
      const before = shown[from + at - 1];
      return [`${conversation}${entry.seq}`, () => rowOf(view, entry, before, drafts)] as const;
    });
    quietly(!some(wanted, ([key]) => rows.has(key)));
    keep(log, wanted, rows);
    earlier.hidden = !from;
    first.toggleAttribute("hidden", from > 0);
  }

  function draw() {
    const { state } = view;
    const { items, conversation, standing, away, writing: text } = state;
    if (below() < NEAR) most = MOST;
    drawRows();
    const mine = filter(items, one => !one.seen && one.conversation === conversation);
    const count = pending.size;
    const told = filter(mine, ({ kind }) => kind === "messages" || kind === "clicks");
    keep(
      out,
      map(told, item => [`${item.id}${item.failed}${item.seq}`, () => rowOnItsWay(view, item)] as const),
      pending,
    );
    const busy = standing?.busy || standing?.thinking || some(mine, ({ failed }) => !failed);
    writing.hidden = !text;
    working.hidden = !!text || !busy || away || standing?.mode === "member";
    if (text !== written) put(words, formatted(text));
    written = text;
    if (pending.size > count) toEnd();
  }

  function keepEnd(act: () => void) {
    const atEnd = below() < NEAR;
    const last = log.lastElementChild;
    act();
    if (atEnd) toEnd();
    const now = log.lastElementChild as HTMLElement | null;
    // what is too long to be seen as a whole is read from its beginning
    if (atEnd && now !== last && now && now.offsetHeight > scroller.clientHeight) scroller.scrollTop = now.offsetTop;
    look();
  }

  return { node: h("div.talk", scroller, down), draw: () => keepEnd(draw), keepEnd, toEnd };
}

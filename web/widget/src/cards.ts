// What stands below a message and can be used: choices, offers, forms, buttons, components.

import { type Child, change, h, holdsFocus, icon, type Part, put } from "./dom";
import { act, createForm } from "./fields";
import { safe } from "./links";
import { assign, each, findLast, map, max, pairs, setTimeout, some } from "./natives";
import { becameOf, openQuestion, underWay } from "./questions";
import type { Component, Entry } from "./types";
import type { View } from "./view";

type Drafts = Map<string, Record<string, string>>;

/** Afterwards: a picture and a few words in place of what could be used. */
const over = (words: string, done?: boolean) => h("p.over", icon(done ? "check" : "close"), words);

/** Drawn again when its state is another one; where nothing is drawn, what is there stays. */
function card(
  { focus }: { focus(): void },
  kind: string,
  stateNow: () => string,
  draw: (now: string) => Child[] | null,
): Part {
  const node = h(`div.${kind}`);
  let before = "";
  return {
    node,
    update() {
      const now = stateNow();
      const children = now !== before && draw(now);
      before = now;
      if (!children) return;
      const held = holdsFocus(node);
      put(node, children);
      if (held) focus();
    },
  };
}

/** A question's card: `open` while it can be answered, `sending` (what is there, by default), and what became of it. */
function question(
  view: View,
  entry: Entry,
  kind: string,
  open: () => Child[],
  after: (answered: boolean) => Child[],
  sending: Child[] | null = null,
): Part {
  const stateNow = () => {
    const { entries, standing, items } = view.state;
    if (openQuestion(entries, standing) !== entry) return becameOf(entry, entries);
    return underWay(items, entry.body.question) ? "sending" : "open";
  };
  return card(view, kind, stateNow, now => {
    if (now === "open") return open();
    return now === "sending" ? sending : now === "again" ? [] : after(now === "answered");
  });
}

/** The buttons of a question. */
export function choices(view: View, entry: Entry): Part {
  const { question: asked, choices = [] } = entry.body;
  const click = (choice: string) => () => {
    view.agreed(entry);
    view.click(asked, choice);
  };
  const nothing = () => [];
  return question(
    view,
    entry,
    "acts chips",
    () => map(choices, one => act(choiceWords(view, one), click(one))),
    nothing,
    [],
  );
}

export const choiceWords = ({ say }: View, choice = "") =>
  /^(yes|no|accept|decline)$/.test(choice) ? say(choice as "yes") : choice;

/** What the agent suggests to ask next, until the customer says something. */
export function suggestions(view: View, { seq, body }: Entry): Part {
  const stands = () =>
    !view.state.items[0] && !some(view.state.entries, one => one.seq > seq && /^(said|clicked|form_)/.test(one.kind));
  const buttons = map(body.suggestions ?? [], text => act(text, () => view.visit.send("messages", { text })));
  return card(
    view,
    "acts chips",
    () => `${stands()}`,
    now => (now === "true" ? buttons : []),
  );
}

export function offer(view: View, { seq, body }: Entry): Part {
  const { say } = view;
  const asked = body.offer;
  const stateNow = () => {
    const { entries, standing, items } = view.state;
    const closed = findLast(entries, one => one.kind === "offer_closed" && one.body.offer === asked)?.body.status ?? "";
    if (/ed$/.test(closed) && closed !== "ignored") return closed;
    if (underWay(items, asked)) return "sending";
    const gone =
      standing &&
      (standing.mode === "member" || (standing.seq >= seq && !some(standing.offers ?? [], one => one.offer === asked)));
    return gone ? "passed" : "open";
  };
  const answer = (choice: "accept" | "decline", kind = "") => act(say(choice), () => view.click(asked, choice), kind);
  return card(view, "card", stateNow, now => {
    if (now === "open")
      return [h("div.box", h("p.head", body.name), h("div.acts", answer("accept", "main"), answer("decline")))];
    return now === "sending" ? null : [over(say(now as "accepted"), now === "accepted")];
  });
}

export function form(view: View, entry: Entry, drafts: Drafts): Part {
  const { say, visit } = view;
  const { question: asked = "", fields = [], submit = say("send"), errors } = entry.body;
  const { node, tell, values } = createForm(
    `f${entry.seq}`,
    say,
    submit,
    submit,
    fields,
    drafts.get(asked) ?? {},
    (values, secret) => {
      view.agreed(entry);
      return visit.send("forms", { question: asked, values }, secret);
    },
  );
  change(node, { oninput: () => drafts.set(asked, values()) });
  if (errors) tell(errors);
  return question(
    view,
    entry,
    "card",
    () => [node],
    done => [!done && over(say("passed"))],
  );
}

const LEAVING = 3000;

/** A button; one with an address is a link, and leads to the web, mail or phone alone. */
export function action(view: View, entry: Entry): Part {
  const { say } = view;
  const { question: asked, label = "", url, new_tab: beside } = entry.body;
  const target = safe(url);
  const { href = "", host = "" } = target ?? {};
  const opensTab = host && beside;
  const press = async () => {
    view.agreed(entry);
    return !underWay(view.state.items, asked) && view.click(asked, label);
  };
  const onclick = async (event: MouseEvent) => {
    if (opensTab || event.ctrlKey || event.metaKey || event.shiftKey) return press();
    // leaving this page would cut the report off
    event.preventDefault();
    await Promise.race([press(), new Promise(done => setTimeout(done, LEAVING))]);
    location.assign(href);
  };
  const open = () =>
    !url
      ? [h("div.acts", act(label, press, "main"))]
      : !target
        ? [h("p.calm", say("barred"))]
        : [
            h(
              "div.acts",
              h("a.main", { href, target: opensTab && "_blank", rel: "noopener noreferrer", onclick }, label),
            ),
            h("p.calm", say(opensTab ? "tab" : "opens", host || href.replace(/^\w+:/, ""))),
          ];
  return question(view, entry, "card", open, done => [!done && over(say("passed"))]);
}

/** A film, a picture, a form of several pages, or an element of the host page. */
export function component(view: View, entry: Entry, drafts: Drafts): Part {
  const { say, visit } = view;
  const { question: asked, component: shown } = entry.body;
  const send = (value: unknown, secret?: boolean) => {
    view.emit("result", { question: asked, value });
    return visit.send("components", { question: asked, value }, secret);
  };
  const done = (value: unknown) =>
    h(
      "div.acts",
      act(say("done"), () => send(value), "main"),
    );
  const { kind, url, title, captions, alt } = shown ?? ({} as Component);
  const src = safe(url)?.href;
  const track = safe(captions)?.href;
  const lasting =
    !src || kind === "flow"
      ? null
      : kind === "image"
        ? picture(src, alt)
        : h(
            "video",
            {
              src,
              controls: true,
              preload: "metadata",
              playsinline: true,
              "aria-label": title,
              crossorigin: track && "anonymous",
            },
            track && h("track", { src: track, srclang: view.locale, default: true }),
          );
  const open = () => {
    if (lasting) return [lasting, done(true)];
    const node =
      kind === "flow"
        ? flow(view, entry, shown as Component, drafts, send)
        : kind === "element" && hosted(view, shown as Component, send);
    return node ? [node] : [h("p.calm", say("barred")), done(null)];
  };
  return question(view, entry, "card", open, good => [lasting, over(say(good ? "done" : "passed"), good)]);
}

type Done = (value: unknown, secret?: boolean) => Promise<string>;

const picture = (url: unknown, alt = "") =>
  h("img", { src: safe(url)?.href, alt, loading: "lazy", referrerpolicy: "no-referrer" });

/** An element that the host page has registered by name; it gets properties of its own and tells a `result`. */
function hosted({ elements }: View, { name = "", properties = {} }: Component, done: Done): Node | null {
  if (!elements.has(name)) return null;
  const node = h(name, { onresult: (event: CustomEvent) => done(event.detail ?? null) });
  // nothing that every element has: `innerHTML`, `onclick`, `style`
  each(pairs(properties), ([key, value]) => key in HTMLElement.prototype || Reflect.set(node, key, value));
  return node;
}

/** Pages, one at a time, whose fields are sent together at the end. */
function flow(
  { say }: View,
  { seq, body }: Entry,
  { pages = [], submit }: Component,
  drafts: Drafts,
  done: Done,
): Node {
  const { question = "", errors = {} } = body;
  const node = h("div.box");
  const given = drafts.get(question) ?? {};
  drafts.set(question, given);
  let hidden = false;
  const show = (at: number, moved?: boolean) => {
    const { title, text, image, fields = [] } = pages[at] ?? {};
    const last = at === pages.length - 1;
    const count = say("page", { count: at + 1, most: pages.length });
    const head = h("p.head", { tabindex: -1 }, title || count);
    const form = createForm(
      `f${seq}-${at}`,
      say,
      title || count,
      last ? submit || say("send") : say("next"),
      fields,
      given,
      async (values, secret) => {
        hidden ||= secret;
        assign(given, values);
        if (last) return done({ ...given }, hidden);
        show(at + 1, true);
        return "";
      },
      ...(at ? [act(say("back"), () => show(at - 1, true))] : []),
    );
    form.node.className = "field";
    change(form.node, { oninput: () => assign(given, form.values()) });
    form.tell(errors);
    put(
      node,
      h("progress", { max: pages.length, value: at + 1, "aria-label": count }),
      head,
      text && h("p", text),
      image && picture(image.url, image.alt),
      form.node,
    );
    if (moved) head.focus();
  };
  show(
    max(
      0,
      pages.findIndex(({ fields = [] }) => some(fields, ({ name }) => errors[name])),
    ),
  );
  return node;
}

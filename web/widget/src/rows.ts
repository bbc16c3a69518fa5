// One row of the log for each thing that the customer may see.

import { action, choices, choiceWords, component, form, offer, suggestions } from "./cards";
import { h, type Part } from "./dom";
import { act, inWords } from "./fields";
import { fileList } from "./files";
import { filter, find, findLast, map, pairs } from "./natives";
import { thumbs } from "./thumbs";
import type { Body, Entry, Item } from "./types";
import { face, formatted, outward, timeOf, type View } from "./view";

type Drafts = Map<string, Record<string, string>>;

const CARDS: Record<string, (view: View, entry: Entry, drafts: Drafts) => Part> = {
  say: thumbs,
  ask: choices,
  suggest: suggestions,
  offer,
  show_form: form,
  show_button: action,
  show_component: component,
};
const MINE = /^(said|clicked|form_submitted)$/;
const LINES = /^(handed_over|resolved)$/;
const PAUSE = 15 * 60_000;

/** Whether it tells the customer something new. */
export const isNews = ({ kind }: Entry) => kind in CARDS || kind === "replied" || LINES.test(kind);
/** Whether there is anything to see of an entry. */
export const isShown = (entry: Entry) => isNews(entry) || MINE.test(entry.kind);

/** What the customer clicked, in words. */
function clicked(view: View, { question, choice = "" }: Body): string {
  if (question !== "menu") return choiceWords(view, choice);
  const { standing, settings } = view.state;
  return (
    find(standing?.menu ?? settings.menu ?? [], one => one.procedure === choice)?.name ?? choice.replace(/-/g, " ")
  );
}

/** The values of a form that the customer sent, with the labels that it had. */
function filledIn({ state, say }: View, { seq, body }: Entry) {
  const asked = findLast(state.entries, one => one.kind === "show_form" && one.seq < seq);
  const there = filter(pairs(body.values ?? {}), ([, value]) => value != null && value !== "");
  if (!there[0]) return say("done");
  return h(
    "dl",
    map(there, ([name, value]) => {
      const field = find(asked?.body.fields ?? [], one => one.name === name);
      return [h("dt", field?.label ?? name), h("dd", inWords(field, value, say))];
    }),
  );
}

const words = (view: View, entry: Entry) => {
  const { kind, body } = entry;
  if (kind === "form_submitted") return filledIn(view, entry);
  return kind === "clicked" ? clicked(view, body) : MINE.test(kind) ? body.text : formatted(body.text ?? "");
};

/** The row of an entry; `before` is the one above it. */
export function rowOf(view: View, entry: Entry, before: Entry | undefined, drafts: Drafts): Part {
  const { kind, body, at } = entry;
  const { say, state } = view;
  const mine = MINE.test(kind);
  const time = timeOf(at, view.locale);
  const pause = !before || Date.parse(at) - Date.parse(before.at) > PAUSE;
  const above = pause && h("time", { datetime: at }, time);
  if (LINES.test(kind)) {
    const told =
      kind === "resolved" ? say("resolved") : body.available ? say("coming", say("colleague")) : say("absent");
    return { node: h("div.row", above, h("p.line", told)), update() {} };
  }
  const member = kind === "replied";
  const same = ({ kind, body: { by } }: Entry) =>
    MINE.test(kind) === mine && !LINES.test(kind) && (kind === "replied") === member && by === body.by;
  const follows = !pause && before && same(before);
  const name = mine ? say("you") : member ? body.by || say("colleague") : state.settings.agent?.name || say("agent");
  const card = CARDS[kind]?.(view, entry, drafts);
  const node = h(
    mine ? "div.row mine" : "div.row",
    { "data-follows": follows && "" },
    above,
    h(follows || mine ? "p.unseen" : "p.by", !mine && face(name), name, h("span.unseen", ": ")),
    (body.text || (mine && !body.attachments)) && h("div.bubble", { title: time }, words(view, entry)),
    fileList(view, body.attachments),
    body.sources?.[0] &&
      h(
        "ul.sources",
        { "aria-label": say("sources") },
        map(body.sources, ({ title, url, page }) =>
          h("li", outward(page ? say("leaf", { name: `${title}`, count: page }) : (title ?? ""), url)),
        ),
      ),
    card?.node,
  );
  return { node, update: () => card?.update() };
}

/** What is on its way, at the end of the log. */
export function rowOnItsWay(view: View, item: Item): Part {
  const { say, visit } = view;
  const { kind, body, failed, seq } = item;
  const node = h(
    "div.row mine",
    { "data-state": failed ? "failed" : "sending" },
    h("p.unseen", say("you"), ": "),
    (body.text || kind === "clicks") && h("div.bubble", kind === "clicks" ? clicked(view, body) : body.text),
    fileList(view, body.attachments),
    h(
      "div.state",
      failed
        ? [
            say("unsent", failed),
            act(say("retry"), () => visit.resend(item)),
            act(say("remove"), () => visit.discard(item)),
          ]
        : say(seq ? "sent" : "sending"),
    ),
  );
  return { node, update() {} };
}

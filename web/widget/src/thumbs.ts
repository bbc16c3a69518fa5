// Thumbs for what the agent said; a thumb down may say why.

import { change, h, iconButton, type Part, put } from "./dom";
import { act, createForm } from "./fields";
import { findLast, map } from "./natives";
import type { Entry } from "./types";
import type { View } from "./view";

const LONGEST = 2000;
const THUMBS = [
  ["positive", "helpful"],
  ["negative", "unhelpful"],
] as const;

export function thumbs(view: View, { seq }: Entry): Part {
  const { say, visit } = view;
  const why = h("div");
  const isAbout = ({ body }: { body: { about?: number } }) => body.about === seq;
  const given = () => (findLast(view.state.items, isAbout) ?? findLast(view.state.entries, isAbout))?.body.reaction;

  async function send(reaction: string, reason?: string) {
    close();
    if (given() === reaction && !reason) return "";
    if (!(await visit.send("feedback", { reaction, about: seq, reason: reason || undefined })))
      view.note(say("thanks"));
    return "";
  }
  function close() {
    if (why.firstChild) both[1]?.focus();
    put(why);
  }
  function ask() {
    if (why.firstChild) return close();
    const label = say("why");
    const field = { name: "reason", type: "text", label, max_length: LONGEST };
    put(
      why,
      createForm(
        `w${seq}`,
        say,
        label,
        say("send"),
        [field],
        {},
        ({ reason }) => send("negative", reason),
        act(say("later"), close),
      ).node,
    );
    why.querySelector("textarea")?.focus();
  }
  const both = map(THUMBS, ([reaction, words]) =>
    iconButton(`plain ${reaction}`, "up", say(words), () => (reaction === "negative" ? ask() : send(reaction))),
  );
  // not read out with the message: they are there for whoever looks for them
  const node = h("div.thumbs", { "aria-live": "off" }, both, why);
  return {
    node,
    update() {
      const now = given();
      change(node, { "data-given": now });
      map(both, (thumb, at) => change(thumb, { "aria-pressed": `${THUMBS[at]?.[0] === now}` }));
    },
  };
}

// What happened in a conversation beside its runs, one line each.

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { modelCard } from "./model_card.js";
import { shortTime, wholeTime } from "./time.js";
import { understoodWords } from "./understood.js";
import { contactLine, readable } from "./words.js";

const WHY = {
  request: "it fits what was asked",
  source: "it belongs to the answer’s source",
  feedback: "of the thumb down",
  unanswered: "nothing here answered",
};
const ANSWER = {
  accepted: ["check", "The customer accepted"],
  declined: ["cross", "The customer declined"],
  ignored: ["clock", "The customer passed over"],
};

/** Each gives a picture and a sentence; `name` gives a procedure's name for its slug. */
const EVENTS = {
  taken_over: ({ by }) => ["person", `${by} took the conversation over`],
  handed_back: ({ by }) => ["spark", `${by} handed the conversation back to the agent`],
  handed_over: ({ reason }) => ["flag", `Handed over to a person: ${reason}`],
  cancelled: ({ by }) => ["stop", `Stopped by ${by}`],
  resolved: ({ by }) => ["check", `Resolved by ${by}`],
  guarded: ({ reason }) => ["shield", `Not carried out: ${reason}`],
  browser_returned: ({ ok }) => ["code", ok ? "The customer’s page brought a result" : "The customer’s page reported an error"],
  identified: (contact) => ["person", `The customer was named: ${contactLine(contact)}`],
  action_requested: ({ action }) => ["steps", `${readable(action)} was asked for`],
  start_requested: ({ procedure }, name) => ["steps", `“${name(procedure)}” was started on request`],
  understood: (body, name) => ["chat", understoodWords(body, name)],
  unanswered: ({ text }) => ["warning", `Nothing here answers: “${text}”`],
  feedback: ({ reaction, reason }) => [
    reaction === "positive" ? "thumb_up" : "thumb_down",
    `The customer gave a thumb ${reaction === "positive" ? "up" : "down"}${reason ? `: “${reason}”` : ""}`,
  ],
  offer: ({ name: called, why }) => ["bell", `Offered: “${called}”${WHY[why] ? `, because ${WHY[why]}` : ""}`],
  offer_closed: ({ procedure, status }, name) => [ANSWER[status]?.[0] ?? "flag", `${ANSWER[status]?.[1] ?? readable(status)}: “${name(procedure)}”`],
  assisted: ({ by, agent, text }) => ["person", `${by} asked the assistant ${agent}${text ? `: “${text}”` : ""}`],
  topic_switched: ({ topic, by }) => ["book", topic ? `${by} switched the topic to ${readable(topic)}` : `${by} took the topic away`],
  lead: ({ email }) => ["person", `Lead saved: ${email}`],
};

/** The element for an entry without a run. Kinds that this page doesn't know show their name. */
export function eventLine(entry, name) {
  if (entry.kind === "model") return modelCard(entry);
  const { kind, body, at } = entry;
  const [picture, sentence] = EVENTS[kind]?.(body, name) ?? ["flag", readable(kind)];
  return h(
    "p",
    { class: "event" },
    icon(picture),
    h("span", { dir: "auto" }, sentence),
    h("time", { datetime: at, title: wholeTime(at) }, shortTime(at)),
  );
}

/** The same at a step of a run, where there is one. */
export function heardLine(entry, name) {
  if (entry.kind === "model") return modelCard(entry);
  const [picture, sentence] = EVENTS[entry.kind](entry.body, name);
  const tone = entry.kind === "unanswered" ? "warn" : "calm";
  return h("p", { class: `happening ${tone}` }, icon(picture), h("span", { dir: "auto" }, sentence));
}

// What happened at a step of a run: calls, e-mails, approvals, tickets and the rest.

import { button, h } from "./dom.js";
import { icon } from "./icons.js";
import { actDetails, actSummary } from "./acts.js";
import { DECISION, readable } from "./words.js";

const LINES = {
  ticket: ({ number, subject }) => line("ticket", `Ticket #${number} opened: ${subject}`, "good"),
  lead: ({ email }) => line("person", `Lead saved: ${email}`, "good"),
  tag: ({ tag }) => line("tag", `Tagged “${tag}”`),
  resolved: ({ by }) => line("check", `Resolved by ${by}`, "good"),
  notified: ({ description }) => line("bell", `The team was told: ${description}`),
  handed_over: ({ reason }) => line("flag", `Handed over to a person: ${reason}`, "warn"),
};

/** The element for one entry of a run. Kinds that this page doesn't know show their name. */
export function happening(entry, { detail, review, closed }) {
  const { kind, body } = entry;
  if (kind === "call_http" || kind === "send_email") return act(entry, detail);
  if (kind === "approval_requested") return requested(body, review, closed);
  if (kind === "approval_closed") return decided(body);
  return LINES[kind]?.(body) ?? line("flag", readable(kind));
}

function line(picture, sentence, tone = "calm") {
  return h("p", { class: `happening ${tone}` }, icon(picture), h("span", { dir: "auto" }, sentence));
}

function act(entry, detail) {
  const done = detail?.acts?.find((one) => one.seq === entry.body.seq);
  return h(
    "details",
    { class: "act", "data-key": `act-${entry.run}-${entry.seq}` },
    h(
      "summary",
      { "data-key": `act-summary-${entry.run}-${entry.seq}` },
      icon(entry.kind === "send_email" ? "mail" : "globe"),
      actSummary(entry, done),
    ),
    done ? actDetails(done) : h("p", { class: "calm-text" }, "Reading what was sent …"),
  );
}

function requested({ approval, about, description }, review, closed) {
  const words = about === "outcome" ? `Nobody knows whether it happened: ${description}` : `Asked for approval: ${description}`;
  const shown = line(about === "outcome" ? "warning" : "shield", words, closed ? "calm" : "warn");
  if (!closed) {
    shown.append(button("Review", { kind: "small", "data-key": `review-${approval}`, onclick: () => review(approval) }));
  }
  return shown;
}

function decided({ status, by, reason }) {
  const [words, tone] = DECISION[status] ?? [readable(status), "calm"];
  const pictures = { good: "check", bad: "cross" };
  return line(pictures[tone] ?? "clock", `${words} by ${by}${reason ? `: “${reason}”` : ""}`, tone);
}

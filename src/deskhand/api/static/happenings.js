// What happened at a step of a run: calls, e-mails, approvals, tickets and the rest.

import { button, h } from "./dom.js";
import { icon } from "./icons.js";
import { actDetails, actSummary } from "./acts.js";
import { heardLine } from "./events.js";
import { HEARD } from "./runs.js";
import { DECISION, readable } from "./words.js";

const ACT_PICTURE = { call_http: "globe", call_tool: "globe", send_email: "mail", run_script: "code" };

const LINES = {
  ticket: ({ number, subject }) => line("ticket", `Ticket #${number} opened: ${subject}`, "good"),
  lead: ({ email }) => line("person", `Lead saved: ${email}`, "good"),
  tag: ({ tag }) => line("tag", `Tagged “${tag}”`),
  resolved: ({ by }) => line("check", `Resolved by ${by}`, "good"),
  notified: ({ description }) => line("bell", `The team was told: ${description}`),
  guarded: ({ reason }) => line("shield", `Not carried out: ${reason}`, "warn"),
  run_in_browser: () => line("code", "A script was sent to the customer’s page"),
  handed_over: ({ reason }) => line("flag", `Handed over to a person: ${reason}`, "warn"),
};

/** The element for one entry of a run. Kinds that this page doesn't know show their name. */
export function happening(entry, { detail, review, nameOf, closed }) {
  const { kind, body } = entry;
  if (HEARD.has(kind)) return heardLine(entry, nameOf);
  if (kind in ACT_PICTURE) return act(entry, detail);
  if (kind === "approval_requested") return requested(body, review, closed);
  if (kind === "approval_closed") return decided(body);
  return LINES[kind]?.(body) ?? line("flag", readable(kind));
}

function line(picture, sentence, tone = "calm") {
  return h("p", { class: `happening ${tone}` }, icon(picture), h("span", { dir: "auto" }, sentence));
}

function act(entry, detail) {
  const { seq, step } = entry.body;
  const fits = (one) => (seq === undefined ? one.kind === entry.kind && one.step === step : one.seq === seq);
  const done = detail?.acts?.findLast(fits);
  return h(
    "details",
    { class: "act", "data-key": `act-${entry.run}-${entry.seq}` },
    h(
      "summary",
      { "data-key": `act-summary-${entry.run}-${entry.seq}` },
      icon(ACT_PICTURE[entry.kind]),
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

// What the customer was asked, with words, a form or a button, and which of it still stands.

const ANSWERED_BY = { ask: ["said", "clicked"], show_form: ["form_submitted"], show_button: ["clicked"] };
const WAITS_FOR = { ask: ["answer", "confirmation"], show_form: ["form"], show_button: ["click"] };

/** After any of these nothing that was asked before stands. */
const ENDS = new Set(["replied", "cancelled", "taken_over", "handed_over", "resolved"]);

const isQuestion = ({ kind }) => kind in ANSWERED_BY;

/** Whether this answers that question; a click on an offer or in the menu answers no other one. */
const answers = ({ kind, body }, asked) =>
  ANSWERED_BY[asked.kind].includes(kind) && (body.question ?? asked.body.question) === asked.body.question;

/** The entry of the question that the customer can answer now, or null. */
export function openQuestion({ talk: entries, record }) {
  const at = entries.findLastIndex(isQuestion);
  if (at === -1 || (record?.mode ?? "agent") !== "agent") return null;
  const asked = entries[at];
  const over = (one) => ENDS.has(one.kind) || answers(one, asked);
  if (entries.slice(at + 1).some(over)) return null;
  const awaited = WAITS_FOR[asked.kind].includes(record?.runs?.at(-1)?.waiting);
  return awaited || asked.body.question === "choice" ? asked : null;
}

/** What became of a question that doesn't stand: `answered`, shown `again` further down, or `closed`. */
export function becameOf(asked, entries) {
  const later = entries.filter(({ seq }) => seq > asked.seq);
  if (later.some((one) => isQuestion(one) && one.body.question === asked.body.question)) return "again";
  const next = later.findIndex(isQuestion);
  const until = next === -1 ? later : later.slice(0, next);
  return until.some((one) => answers(one, asked)) ? "answered" : "closed";
}

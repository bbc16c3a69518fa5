// What the customer was asked, and which of it still stands.

import { filter, findLast, has, some } from "./natives";
import type { Entry, Item, Standing } from "./types";

const ANSWERED_BY: Record<string, string[]> = {
  ask: ["said", "clicked"],
  show_form: ["form_submitted"],
  show_button: ["clicked"],
  show_component: ["component_done"],
};
/** After any of these nothing that was asked before stands. */
const ENDS = ["replied", "handed_over", "resolved"];

const asks = ({ kind }: Entry) => kind in ANSWERED_BY;

/** Whether this answers that; a click on an offer or in the menu answers no other question. */
const answers = ({ kind, body }: Entry, asked: Entry) =>
  has(ANSWERED_BY[asked.kind] as string[], kind) && (body.question ?? asked.body.question) === asked.body.question;

/** The question that the customer can answer now. */
export function openQuestion(entries: Entry[], standing: Standing | null): Entry | undefined {
  const asked = findLast(entries, asks);
  if (!asked || standing?.mode === "member") return;
  const over = (one: Entry) => one.seq > asked.seq && (has(ENDS, one.kind) || answers(one, asked));
  return some(entries, over) ? undefined : asked;
}

/** What became of a question that doesn't stand: it is shown `again` further down, was answered, or was left. */
export function becameOf(asked: Entry, entries: Entry[]): "answered" | "again" | "left" {
  const later = filter(entries, one => one.seq > asked.seq);
  if (some(later, one => asks(one) && one.body.question === asked.body.question)) return "again";
  return some(later, one => answers(one, asked)) ? "answered" : "left";
}

/** Whether an answer to this is on its way. */
export const underWay = (items: Item[], question?: string) =>
  some(items, one => !one.failed && one.body.question === question);

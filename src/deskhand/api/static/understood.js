// What was understood of the customer's words, said in words for members.

import { readable, valueText } from "./words.js";

const WORDS = {
  start_procedure: ({ procedure, values }, name) => `wants “${name(procedure)}”${given(values)}`,
  use_action: ({ action, values }) => `wants “${readable(action)}”${given(values)}`,
  set_variables: ({ values }) => pairs(values),
  correct_variable: ({ variable, value }) => (value == null ? `takes ${label(variable)} back` : `corrects ${label(variable)} to ${valueText(value)}`),
  no_answer: () => "no answer to the question",
  affirm: () => "a yes",
  decline: () => "a no",
  resume: ({ procedure }, name) => (procedure ? `goes on with “${name(procedure)}”` : "goes on"),
  answer: () => "a question that the knowledge answers",
  unanswerable: () => "a question that nothing here answers",
  cancel: () => "wants to stop",
  clarify: ({ between }, name) => `unclear: ${between.map((one) => `“${name(one)}”`).join(" or ")}`,
  hand_over: () => "wants a person",
  small_talk: ({ about }) => `only ${{ greeting: "a greeting", thanks: "thanks", goodbye: "a goodbye" }[about] ?? "being polite"}`,
};

/** One line for an `understood` entry; `name` gives a procedure's name for its slug. */
export function understoodWords({ commands = [], note = "" }, name) {
  const found = commands.map((one) => WORDS[one.kind]?.(one, name) ?? readable(one.kind).toLowerCase());
  const words = found.length ? `Understood: ${found.join("; ")}` : "Nothing was understood";
  return note ? `${words}. ${note}` : words;
}

const label = (variable) => readable(variable).toLowerCase();

const pairs = (values = {}) =>
  Object.entries(values)
    .map(([name, value]) => `${label(name)} is ${valueText(value)}`)
    .join(", ");

const given = (values) => (Object.keys(values ?? {}).length ? `, ${pairs(values)}` : "");

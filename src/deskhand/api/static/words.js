// The page's words for what the server calls by short names.

/** `ask_order-id` as people read it: `Ask order id`. */
export function readable(name) {
  const words = String(name).replace(/[_-]+/g, " ").replace(/([a-z\d])([A-Z])/g, "$1 $2").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A procedure's slug; an action that is used directly goes by the action's own. */
export const withoutDirect = (procedure) => procedure.replace(/^action:/, "");

/** A contact on one line: name, address, phone, identifier. */
export function contactLine({ first_name: first, last_name: last, email, phone_number: phone, id }) {
  const name = [first, last].filter(Boolean).join(" ");
  return [name, email, phone, id].filter(Boolean).join(", ") || "without details";
}

/** What a run waits for. */
export const WAITING = {
  answer: "Waits for the customer's answer",
  confirmation: "Waits for the customer's yes or no",
  approval: "Waits for an approval",
  effect: "A call is under way",
  outcome: "Outcome unknown",
  form: "Waits for the customer's form",
  click: "Waits for the customer's click",
  browser: "A script runs in the customer's page",
  run: "Another procedure runs on top",
};

/** How a run ended: its words and its tone. */
export const OUTCOME = {
  completed: ["Completed", "good"],
  escalated: ["Handed over", "warn"],
  cancelled: ["Cancelled", "calm"],
  failed: ["Failed", "bad"],
  running: ["Running", "info"],
};

/** What became of an act: its words and its tone. */
export const ACT_STATUS = {
  intended: ["Not sent yet", "calm"],
  sent: ["Under way", "info"],
  succeeded: ["Succeeded", "good"],
  failed: ["Failed", "bad"],
  unknown: ["Outcome unknown", "warn"],
  lapsed: ["Not carried out", "calm"],
};

/** How an approval ended: its words and its tone. */
export const DECISION = {
  pending: ["Waiting", "warn"],
  approved: ["Approved", "good"],
  rejected: ["Rejected", "bad"],
  expired: ["Expired", "calm"],
  lapsed: ["Lapsed", "calm"],
  happened: ["It happened", "good"],
  retried: ["Sent again", "info"],
  taken_over: ["Taken over", "warn"],
};

/** The kinds of acts. */
export const ACT = {
  call_http: "call an API",
  call_tool: "use a tool",
  run_script: "run a script in the customer's page",
  send_email: "send an e-mail",
  create_ticket: "open a ticket",
  create_lead: "save a lead",
  tag: "tag the conversation",
  resolve: "resolve the conversation",
};

/** Where a variable's value came from. */
export function origin(source, steps) {
  if (source === "customer") return "the customer";
  if (source === "argument") return "given at the start";
  if (source === "default") return "its default";
  return source ? `step “${steps?.nameOf(source) ?? readable(source)}”` : "";
}

/** US dollars, with as many digits as a model's answer takes. */
export const dollars = (amount) => `$${amount >= 0.1 ? amount.toFixed(2) : amount.toFixed(5).replace(/0+$/, "").replace(/\.$/, "")}`;

/** A value on one line or, where it is an object, as indented JSON. */
export function valueText(value) {
  if (value === null || value === undefined) return "empty";
  return typeof value === "object" ? JSON.stringify(value, null, 2) : String(value);
}

/** JSON text with indentation; any other text as it is. */
export function pretty(text) {
  if (typeof text !== "string") return JSON.stringify(text, null, 2);
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

// What the steps of a procedure's version are and do, in words.

import { readable, valueText } from "./words.js";

const OPERATOR = {
  equals: "is", contains: "contains", gt: "is more than", lt: "is less than", gte: "is at least", lte: "is at most",
  exists: "is there", not_exists: "is not there",
};

const INTERNAL = {
  create_ticket: "Opens a ticket", create_lead: "Creates a lead", send_email: "Sends an e-mail",
  resolve_session: "Resolves the conversation", tag_session: "Tags the conversation",
};

const SAYS = {
  message: (step) => inEnglish(step.text ?? step.message ?? step.content),
  collect: (step) => `Asks for ${step.variable}`,
  condition: (step) => `Checks whether ${step.variable} ${OPERATOR[step.operator] ?? step.operator} ${compared(step)}`.trim(),
  call: (step) => step.description || (step.url ? `${step.method ?? "GET"} ${step.url}` : step.action ?? ""),
  internal: (step) => step.description || (INTERNAL[step.action] ?? step.action),
  tool: (step) => step.description || `Uses the tool ${step.tool}`,
  form: (step) => `Asks with a form for ${(step.fields ?? []).map(({ name }) => name).join(", ")}`,
  button: (step) => `Shows the button “${inEnglish(step.button)}”`,
  javascript: () => "Runs a script in the customer’s page after a click",
  set: (step) => `Sets ${step.variable}`,
  escalate: (step) => inEnglish(step.reason) || "Hands over to a person",
  procedure: (step) => `Runs ${step.procedure}`,
  end: () => "Ends the procedure",
};

/** Names and explanations of one version's steps. */
class Steps {
  #byId;

  constructor(document) {
    this.#byId = new Map((document?.steps ?? []).map((step) => [step.id, step]));
  }

  nameOf(id) {
    return readable(id);
  }

  kindOf(id) {
    return this.#byId.get(id)?.kind ?? null;
  }

  /** One sentence on what the step does, filled in with what is known; empty where the version is not known. */
  explain(id, variables = {}) {
    const step = this.#byId.get(id);
    return step ? fill(SAYS[step.kind]?.(step) ?? "", variables) : "";
  }
}

const NOTHING_KNOWN = new Steps(null);

/** Reads each version once; `at` gives what is known now and calls back when there is more. */
export class StepBook {
  #client;
  #versions = new Map();

  constructor(client) {
    this.#client = client;
  }

  at(procedure, version, whenRead) {
    if (!procedure || !version || procedure.startsWith("action:")) return NOTHING_KNOWN;
    const name = `${procedure}/versions/${version}`;
    if (!this.#versions.has(name)) {
      this.#versions.set(name, NOTHING_KNOWN);
      this.#read(name).then((read) => read && whenRead());
    }
    return this.#versions.get(name);
  }

  async #read(name) {
    try {
      const version = await this.#client.get(`/v1/procedures/${name}`);
      this.#versions.set(name, new Steps(version.document));
      return true;
    } catch (problem) {
      // readable ids have to do; where only the server was away, the next look asks again
      if (!problem.status) this.#versions.delete(name);
      return false;
    }
  }
}

/** Put simple values into `{{name}}` and `{{name.part}}`; what is not known stays as it is written. */
function fill(text, variables) {
  return text.replace(/\{\{\s*([\w.]+)\s*\}\}/g, (placeholder, path) => {
    const value = path.split(".").reduce((inner, name) => inner?.[name], variables);
    return value === undefined || value === null || typeof value === "object" ? placeholder : String(value);
  });
}

const compared = (step) => (step.value === undefined || step.value === null ? "" : valueText(step.value));

const inEnglish = (text) => (text && typeof text === "object" ? (text.en ?? Object.values(text)[0]) : (text ?? ""));

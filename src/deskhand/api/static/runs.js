// From a conversation's log to its runs: the steps each went through, and what happened at them.

/** Kinds that are the conversation itself; the chat shows them. */
const TALK = new Set(["said", "clicked", "replied", "say", "ask", "show_form", "show_button", "form_submitted"]);

const BY_CUSTOMER = new Set(["said", "clicked", "form_submitted"]);

/** Kinds that tell how the customer's words were read: they stand where the run waited for them. */
export const HEARD = new Set(["understood", "model", "unanswered"]);

/**
 * What happened behind a conversation, in order: runs `{type: "run", id, procedure, version, at, nodes, outcome,
 * waitingFor}` with nodes `{step, at, happenings: [entry]}`, and `{type: "event", entry}` for what concerns no run.
 * An entry without a body only marks that an event came in; what it led to has entries of its own.
 */
export function happened(entries) {
  const blocks = [];
  const runs = new Map();
  let byCustomer = true;
  for (const entry of entries) {
    if (entry.body.to === "member") continue; // the assistant's tab shows it
    if (entry.kind === "assisted" || BY_CUSTOMER.has(entry.kind)) byCustomer = entry.kind !== "assisted";
    const heard = HEARD.has(entry.kind) && byCustomer;
    const waiting = heard && blocks.findLast(({ type, outcome }) => type === "run" && !outcome);
    if (entry.run || waiting) addToRun(entry.run ? runOf(entry, runs, blocks) : waiting, entry);
    else if (!TALK.has(entry.kind) && Object.keys(entry.body).length) blocks.push({ type: "event", entry });
  }
  return blocks;
}

function runOf(entry, runs, blocks) {
  if (!runs.has(entry.run)) {
    const run = { type: "run", id: entry.run, procedure: null, version: null, at: entry.at, nodes: [], outcome: null };
    runs.set(entry.run, run);
    blocks.push(run);
  }
  return runs.get(entry.run);
}

function addToRun(run, entry) {
  const { kind, body, at } = entry;
  if (kind === "steps") {
    if (body.began) Object.assign(run, { procedure: body.procedure, version: body.version, at });
    run.nodes.push(...body.steps.map((step) => ({ step, at, happenings: [] })));
  } else if (kind === "run_ended") {
    Object.assign(run, { outcome: body.outcome, endedAt: at, procedure: run.procedure ?? body.procedure });
  } else {
    nodeFor(run, entry).happenings.push(entry);
  }
}

// An entry that names its step belongs there; a decision stands where it was asked for; the rest where the run is.
function nodeFor(run, { kind, body, at }) {
  const last = (fits) => run.nodes.findLast(fits);
  const asked = (node) => node.happenings.some((one) => one.kind === "approval_requested" && one.body.approval === body.approval);
  const found =
    (body.step && last((node) => node.step === body.step)) || (kind === "approval_closed" && last(asked)) || run.nodes.at(-1);
  if (found) return found;
  run.nodes.push({ step: null, at, happenings: [] });
  return run.nodes.at(-1);
}

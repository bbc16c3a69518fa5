// One run: the way it went, what happened at each step, and what it knows.

import { h } from "./dom.js";
import { happening } from "./happenings.js";
import { shortTime, wholeTime } from "./time.js";
import { valueElement } from "./values.js";
import { OUTCOME, WAITING, origin } from "./words.js";

const FROM_CUSTOMER = new Set(["answer", "confirmation", "form", "click"]);

/** The card of a run; `detail` (GET /v1/runs/{id}) may still be missing. */
export function runCard({ run, name, nameOf, version, waiting, assisted, detail, steps, newest, review }) {
  return h(
    "article",
    { class: "run", "aria-label": `Run of ${name}` },
    head(run, name, version, standing(waiting, assisted)),
    h("ol", { class: "way" }, run.nodes.map((node, at) => nodeItem(node, at === run.nodes.length - 1 && !run.outcome)), end(run)),
    detail && variables(run, detail, steps, newest || !run.outcome),
  );

  function nodeItem(node, current) {
    const explanation = node.step ? steps.explain(node.step, detail?.variables) : "";
    return h(
      "li",
      { class: "node", "data-current": String(current), "aria-current": current ? "step" : null },
      h(
        "div",
        { class: "node-head" },
        h("span", { class: "node-name" }, node.step ? steps.nameOf(node.step) : "Before the first step"),
        steps.kindOf(node.step) && h("span", { class: "kind" }, steps.kindOf(node.step)),
        h("time", { datetime: node.at, title: wholeTime(node.at) }, shortTime(node.at, { seconds: true })),
      ),
      explanation && h("p", { class: "node-what" }, explanation),
      node.happenings.map((entry) => happening(entry, { detail, review, nameOf, closed: closedIn(node, entry) })),
    );
  }
}

function head(run, name, version, stands) {
  const [words, tone] = run.outcome ? (OUTCOME[run.outcome] ?? [run.outcome, "calm"]) : stands;
  return h(
    "header",
    { class: "run-head" },
    h("h3", {}, name),
    version && !run.procedure?.startsWith("action:") && h("span", { class: "version", title: `Version ${version}` }, `v${version}`),
    h("span", { class: `pill ${tone}` }, words),
  );
}

/** Words and tone for what a run waits for: amber where a member has to do something. */
function standing(waiting, assisted) {
  if (waiting === null || waiting === "effect") return OUTCOME.running;
  if (assisted && FROM_CUSTOMER.has(waiting)) return ["Waits for your answer to the assistant", "warn"];
  return [WAITING[waiting] ?? waiting, waiting === "approval" || waiting === "outcome" ? "warn" : "info"];
}

const closedIn = (node, { kind, body }) =>
  kind === "approval_requested" &&
  node.happenings.some((one) => one.kind === "approval_closed" && one.body.approval === body.approval);

function variables(run, detail, steps, open) {
  const names = Object.keys(detail.variables ?? {});
  if (!names.length) return null;
  const row = (name) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, h("code", {}, name)),
      h("td", {}, valueElement(detail.variables[name], `${run.id}-${name}`)),
      h("td", { class: "calm-text" }, origin(detail.sources?.[name], steps)),
    );
  return h(
    "details",
    { class: "variables", "data-key": `variables-${run.id}`, open, "data-opens": open },
    h("summary", {}, `Variables (${names.length})`),
    h(
      "table",
      {},
      h("thead", {}, h("tr", {}, ["Name", "Value", "Came from"].map((title) => h("th", { scope: "col" }, title)))),
      h("tbody", {}, names.map(row)),
    ),
  );
}

function end(run) {
  if (!run.outcome) return null;
  const [words, tone] = OUTCOME[run.outcome] ?? [run.outcome, "calm"];
  return h(
    "li",
    { class: `node end ${tone}` },
    h(
      "div",
      { class: "node-head" },
      h("span", { class: "node-name" }, words),
      h("time", { datetime: run.endedAt, title: wholeTime(run.endedAt) }, shortTime(run.endedAt, { seconds: true })),
    ),
  );
}

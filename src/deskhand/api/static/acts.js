// What went over the wire: request and response, secrets already taken out by the server.

import { h } from "./dom.js";
import { copyButton } from "./copying.js";
import { duration } from "./time.js";
import { ACT_STATUS, pretty, readable } from "./words.js";

const HEADLINE = {
  call_http: ({ method = "Call", url = "" }) => [method, url],
  send_email: ({ to }) => ["E-mail", to ? `to ${to}` : ""],
  call_tool: ({ tool = "", connection = "" }) => ["Tool", [connection, tool].filter(Boolean).join(": ")],
  run_script: ({ name = "" }) => ["Script", name],
};

/** One line: method, URL, status and how long it took. */
export function actSummary({ kind, body }, done) {
  const request = done?.request ?? {};
  const what = (HEADLINE[kind] ?? HEADLINE.call_http)(request);
  const [words, tone] = ACT_STATUS[body.outcome] ?? [body.outcome, "calm"];
  return h(
    "span",
    { class: "act-line" },
    h("span", { class: "method" }, what[0]),
    h("span", { class: "url", dir: "ltr" }, what[1]),
    h("span", { class: `pill ${tone}` }, body.status ? `${body.status}` : words),
    body.status && h("span", { class: "calm-text" }, duration(body.ms)),
  );
}

/** Request and response with buttons to copy them. */
export function actDetails(act) {
  const { body, status, problem, tries } = act.response ?? {};
  return h(
    "div",
    { class: "act-details" },
    problem && h("p", { class: "problem" }, problem),
    tries > 1 && h("p", { class: "calm-text" }, `Sent ${tries} times with the same idempotency key.`),
    requestBlock(act.request ?? {}),
    (status || (body ?? null) !== null) && part(status ? `Response ${status}` : "Result", body === null || body === undefined ? "(no body)" : pretty(body)),
    act.key && h("p", { class: "calm-text key" }, "Idempotency key ", h("code", {}, act.key)),
  );
}

/** A request as it is shown to people: an HTTP request to the letter, anything else field by field. */
export function requestBlock(request, title = "Request") {
  return request.method ? httpRequest(request, title) : h("div", {}, h("h4", {}, title), fields(request));
}

function httpRequest({ method, url, headers = {}, body, connection }, title) {
  const head = [`${method} ${url}`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)].join("\n");
  const text = body === undefined || body === null ? head : `${head}\n\n${pretty(body)}`;
  return part(title, text, connection && `Through the connection “${connection}”.`);
}

function fields(request) {
  const rows = Object.entries(request).filter(([, value]) => value !== "" && value !== null);
  return h(
    "dl",
    { class: "fields" },
    rows.map(([name, value]) => [h("dt", {}, readable(name)), h("dd", { dir: "auto" }, textOf(value))]),
  );
}

const textOf = (value) => (typeof value === "object" ? pretty(value) : String(value));

/** A titled block of text with a button to copy it. */
export function part(title, text, note = null) {
  return h(
    "div",
    { class: "part" },
    h("div", { class: "part-head" }, h("span", {}, title), copyButton("Copy", text)),
    h("pre", { tabindex: "0", "aria-label": title }, text),
    note && h("p", { class: "calm-text note" }, note),
  );
}

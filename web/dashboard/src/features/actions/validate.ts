/** What is wrong with an action before it is sent: each problem with the path of its field. */

import type { Detail } from "../../api/problem";
import type { Say } from "../../i18n/texts";
import { type Doc, inWords, requestOf, type Variable } from "./model";
import { isBuiltIn, jsonProblem, undeclared } from "./templates";
import type { actions } from "./texts";

type Speaker = Say<typeof actions.en>;
type Found = readonly (readonly [field: string, message: string])[];

/** All problems of a document; a draft need not be complete. */
export function problemsOf(doc: Doc, say: Speaker): ReadonlyMap<string, string> {
  const found: (readonly [string, string])[] = [...basics(doc, say)];
  found.push(...named("variables", doc.variables ?? [], say));
  if (doc.form) found.push(...named("form.fields", doc.form.fields, say));
  found.push(...content(doc, say));
  if (!doc.draft) {
    const first = undeclared(doc)[0];
    if (first) found.push(["variables", say("undeclaredOne", { name: first })]);
  }
  return new Map([...found].reverse());
}

function basics(doc: Doc, say: Speaker): Found {
  const found: (readonly [string, string])[] = [];
  if (!doc.name.trim()) found.push(["name", say("needName")]);
  const length = [...(doc.description ?? "").trim()].length;
  if (!doc.draft && length < 10) found.push(["description", say("tooShort", { count: 10 - length })]);
  if (length > 200) found.push(["description", say("tooLong", { count: length - 200 })]);
  return found;
}

function content(doc: Doc, say: Speaker): Found {
  const found: (readonly [string, string])[] = [];
  const request = requestOf(doc);
  if (request && !request.url.trim()) found.push(["request.url", say("needUrl")]);
  const broken = request?.body ? jsonProblem(request.body) : null;
  if (broken) found.push(["request.body", say("bodyBroken", { message: broken.message })]);
  if (doc.call && !(doc.call.connection && doc.call.tool)) {
    found.push([doc.call.connection ? "call.tool" : "call.connection", say("needTool")]);
  }
  if (doc.button && !inWords(doc.button.label)) found.push(["button.label", say("needLabel")]);
  if (doc.button && !request && !doc.button.url) found.push(["button.url", say("needUrl")]);
  if (doc.script && !doc.script.source.trim()) found.push(["script.source", say("needSource")]);
  if (doc.form && doc.form.fields.length === 0) found.push(["form.fields", say("needFields")]);
  return found;
}

function named(field: string, variables: readonly Variable[], say: Speaker): Found {
  return variables.flatMap(({ name }, at): Found => {
    const place = `${field}.${at}.name`;
    if (!/^[A-Za-z_][A-Za-z0-9_]{0,63}$/.test(name)) return [[place, say("badVariable", { name })]];
    if (isBuiltIn(name)) return [[place, say("builtIn", { name })]];
    const twice = variables.findIndex(one => one.name === name) < at;
    return twice ? [[place, say("twice", { name })]] : [];
  });
}

/** The service's problems by field; a field that is no field of ours stands under "". */
export function byField(problems: readonly Detail[]): ReadonlyMap<string, string> {
  return new Map(
    [...problems].reverse().map(one => [(one.field ?? "").replace(/^button\.request\./, "request."), sentence(one)]),
  );
}

/** Without the field's path in front: it stands at the field anyway. */
function sentence({ message, field }: Detail): string {
  const start = `\`${field}\` `;
  return field && message.startsWith(start)
    ? message.slice(start.length).replace(/^./, one => one.toUpperCase())
    : message;
}

const TABS: readonly (readonly [RegExp, string])[] = [
  [/^(name|description|slug|draft|enabled|disabled_reason)/, "about"],
  [/^(button\.)?request\.auth/, "auth"],
  [/^(request|call|form|button|script)/, "endpoint"],
  [/^variables/, "variables"],
  [/^(success|messages|transform|then|identity|hand_over)/, "response"],
  [/^(preconditions|when_not|skip_when|approval|irreversible|confirm|read_back)/, "rules"],
];

/** The tab on which a field is mended. */
export function tabOf(field: string): string {
  return TABS.find(([pattern]) => pattern.test(field))?.[1] ?? "about";
}

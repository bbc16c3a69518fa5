/** Placeholders: which there are, which are used, and whether a JSON body with them holds together. */

import { type Doc, requestOf, type Variable } from "./model";

/** What every template can name without declaring it. */
export const CONTEXT = [
  "contact.first_name",
  "contact.last_name",
  "contact.email",
  "contact.phone_number",
  "contact.id",
  "conversation.id",
  "conversation.user_id",
  "conversation.channel",
  "message.content",
  "message.sentiment",
  "lead.email",
  "lead.name",
  "agent.id",
  "agent_id",
  "agent_name",
  "agent_number",
  "direction",
  "medium",
  "current_datetime",
  "identity",
] as const;

const BUILT_IN = new Set(["facts", "secrets", "fetched", "error", ...CONTEXT.map(one => one.split(".")[0] ?? one)]);
const PLACEHOLDER = /\{\{\s*([A-Za-z_]\w*)/g;

/** Names that are taken and cannot be variables. */
export function isBuiltIn(name: string): boolean {
  return BUILT_IN.has(name);
}

/** The names that a text asks for, each once. */
export function named(text: string): readonly string[] {
  return [...new Set([...text.matchAll(PLACEHOLDER)].map(found => found[1] ?? ""))];
}

/** Variables that what is sent asks for and that nobody declared, in their order. */
export function undeclared(doc: Doc): readonly string[] {
  const declared = new Set([...(doc.variables ?? []), ...(doc.form?.fields ?? [])].map(one => one.name));
  return named(sentText(doc)).filter(name => !declared.has(name) && !isBuiltIn(name));
}

function sentText(doc: Doc): string {
  const request = requestOf(doc);
  const parts = [
    request?.url,
    ...Object.values(request?.query ?? {}),
    ...Object.values(request?.headers ?? {}),
    ...Object.values(request?.form ?? {}),
    request?.body,
    request?.text,
    doc.call?.arguments,
    doc.script?.inputs,
    doc.button?.url,
  ];
  return parts.filter(Boolean).join("\n");
}

/** A declaration to begin with; its name tells a little of its type. */
export function declaration(name: string): Variable {
  const type = /e_?mail/i.test(name)
    ? "email"
    : /phone/i.test(name)
      ? "phone"
      : /date$|_on$/i.test(name)
        ? "date"
        : /amount|price|total/i.test(name)
          ? "number"
          : /count|quantity/i.test(name)
            ? "integer"
            : "text";
  return { name, type, description: name.replaceAll("_", " ").replace(/^./, first => first.toUpperCase()) };
}

export interface JsonProblem {
  readonly message: string;
  readonly from: number;
  readonly to: number;
}

/** What is wrong with a JSON text in which placeholders may stand for values and in texts; null where nothing is. */
export function jsonProblem(text: string): JsonProblem | null {
  if (!text.trim()) return null;
  const filled = withValues(text);
  try {
    JSON.parse(filled);
    return null;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const at = Number(/position (\d+)/.exec(message)?.[1] ?? Number.NaN);
    const short = message.replace(/ in JSON.*$/s, "").replace(/,? ?(\.\.\.)?".*$/s, "");
    const from = Number.isNaN(at) ? placeOf(filled, message) : Math.min(at, text.length);
    return { message: short, from, to: Math.min(from + 1, text.length) };
  }
}

function placeOf(text: string, message: string): number {
  const token = /token '?(.)'?/.exec(message)?.[1];
  // an engine that names no place names the sign: the text before which everything still reads is searched for
  for (let end = 1; token && end <= text.length; end++) {
    if (text[end - 1] === token && breaks(text.slice(0, end), token)) return end - 1;
  }
  return Math.max(0, text.trimEnd().length - 1);
}

function breaks(start: string, token: string): boolean {
  try {
    JSON.parse(start);
    return false;
  } catch (error) {
    return error instanceof Error && error.message.includes(`token '${token}'`);
  }
}

/** The same text, as long as before, with a value in the place of each placeholder. */
function withValues(text: string): string {
  let filled = "";
  let inText = false;
  for (let at = 0; at < text.length; ) {
    const found = text.startsWith("{{", at) ? /^\{\{.*?\}\}/.exec(text.slice(at))?.[0] : undefined;
    if (found) {
      filled += inText ? "x".repeat(found.length) : "0".padEnd(found.length);
      at += found.length;
      continue;
    }
    const sign = text[at] ?? "";
    if (inText && sign === "\\") {
      filled += text.slice(at, at + 2);
      at += 2;
      continue;
    }
    if (sign === '"') inText = !inText;
    filled += sign;
    at += 1;
  }
  return filled;
}

/** A value that fits a variable, to begin a test with. */
export function sampleOf(variable: Variable): string {
  if (variable.example) return variable.example;
  if (variable.default !== undefined && variable.default !== null) return String(variable.default);
  if (variable.choices?.[0]) return variable.choices[0];
  return "";
}

/** The same, made up where nothing is known: for a request that is only looked at. */
export function madeUp(variable: Variable): string {
  const known = sampleOf(variable);
  if (known) return known;
  const values: Record<string, string> = {
    integer: "1",
    float: "1.5",
    number: "1",
    boolean: "true",
    date: "2026-01-31",
    email: "name@example.com",
    phone: "+44 20 7946 0000",
    json: "{}",
  };
  return values[variable.type ?? "text"] ?? variable.name.toUpperCase();
}

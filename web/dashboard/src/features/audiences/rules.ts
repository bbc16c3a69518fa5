/** Rules of audiences: read, changed, told in words. */

export const OPERATORS = [
  "equals",
  "not_equals",
  "contains",
  "not_contains",
  "in",
  "not_in",
  "starts_with",
  "ends_with",
  "greater",
  "less",
  "at_least",
  "at_most",
  "before",
  "after",
  "older_than_days",
  "newer_than_days",
  "exists",
  "not_exists",
] as const;
export type Operator = (typeof OPERATORS)[number];

export interface Compared {
  readonly variable: string;
  readonly operator: Operator;
  readonly value?: unknown;
}

export type Rule =
  | Compared
  | { readonly all: readonly Rule[] }
  | { readonly any: readonly Rule[] }
  | { readonly not: Rule };

export const VARIABLES = [
  "contact.attributes.",
  "contact.id",
  "contact.email",
  "contact.first_name",
  "contact.last_name",
  "contact.phone_number",
  "conversation.channel",
  "conversation.language",
  "conversation.region",
  "conversation.tags",
  "medium",
  "direction",
  "agent.id",
  "lead.email",
  "lead.name",
  "current_datetime",
] as const;

export const BEGUN: Rule = { all: [{ variable: "contact.attributes.plan", operator: "equals", value: "" }] };

export function listOf(rule: Rule): { readonly kind: "all" | "any"; readonly parts: readonly Rule[] } | null {
  if ("all" in rule) return { kind: "all", parts: rule.all };
  if ("any" in rule) return { kind: "any", parts: rule.any };
  return null;
}

export function withParts(kind: "all" | "any", parts: readonly Rule[]): Rule {
  return kind === "all" ? { all: parts } : { any: parts };
}

/** Whether the operator compares with nothing, with several values, or with one. */
export function takes(operator: Operator): "nothing" | "several" | "one" {
  if (operator === "exists" || operator === "not_exists") return "nothing";
  return operator === "in" || operator === "not_in" ? "several" : "one";
}

/** The comparison with another operator; its value takes the form that this one needs. */
export function withOperator({ variable, value }: Compared, operator: Operator): Compared {
  switch (takes(operator)) {
    case "nothing":
      return { variable, operator };
    case "several":
      return {
        variable,
        operator,
        value: Array.isArray(value) ? value : value === undefined || value === "" ? [] : [value],
      };
    case "one":
      return { variable, operator, value: Array.isArray(value) ? (value[0] ?? "") : (value ?? "") };
  }
}

const NUMERIC = new Set<Operator>(["greater", "less", "at_least", "at_most", "older_than_days", "newer_than_days"]);

/** A typed value as the rule holds it: numbers for what compares numbers, lists for `in`. */
export function typedValue(operator: Operator, text: string): unknown {
  if (takes(operator) === "several")
    return text
      .split(",")
      .map(part => part.trim())
      .filter(Boolean);
  const number = Number(text);
  return NUMERIC.has(operator) && text.trim() && Number.isFinite(number) ? number : text;
}

export function valueText(value: unknown): string {
  if (value === undefined || value === null) return "";
  return Array.isArray(value) ? value.join(", ") : String(value);
}

/** What a rule says, in words that `say` gives. */
export function inWords(rule: Rule, say: (key: Operator | "and" | "or" | "notWord") => string): string {
  const list = listOf(rule);
  if (list) {
    const word = ` ${say(list.kind === "all" ? "and" : "or")} `;
    return list.parts.map(part => bracketed(part, inWords(part, say))).join(word);
  }
  if ("not" in rule) return `${say("notWord")} (${inWords(rule.not, say)})`;
  const { variable, operator = "equals", value } = rule as Compared;
  const name = variable.replace(/^contact\.attributes\./, "");
  return [name, say(operator), takes(operator) === "nothing" ? "" : valueText(value)].filter(Boolean).join(" ");
}

function bracketed(part: Rule, words: string): string {
  return (listOf(part)?.parts.length ?? 0) > 1 ? `(${words})` : words;
}

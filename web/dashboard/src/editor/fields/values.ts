/** Operators and types, as forms offer them. */

import type { ConditionStep } from "@deskhand/contract";
import type { Say, Text } from "../../i18n/texts";

export type Operator = ConditionStep["operator"];

export const OPERATORS: readonly Operator[] = ["equals", "contains", "gt", "lt", "gte", "lte", "exists", "not_exists"];

/** The types that are offered; `string` is another name of `text`. */
export const TYPES = ["text", "number", "integer", "float", "boolean", "date", "email", "phone", "json"] as const;

export const APPROVALS = ["auto", "notify", "require"] as const;
export const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

export function takesValue(operator: string): boolean {
  return operator !== "exists" && operator !== "not_exists";
}

type Operators = { readonly [K in Operator as `op_${K}`]: string };

export function operatorLabel<C extends Operators & Readonly<Record<string, Text>>>(
  say: Say<C>,
  operator: Operator,
): string {
  return (say as Say<Operators & Record<string, Text>>)(`op_${operator}`);
}

/** A value as it was typed: numbers and yes or no as such, anything else a text. */
export function fromTyped(text: string): string | number | boolean {
  const trimmed = text.trim();
  if (trimmed === "true" || trimmed === "false") return trimmed === "true";
  if (/^-?(0|[1-9]\d{0,14})(\.\d*[1-9])?$/.test(trimmed)) return Number(trimmed);
  return text;
}

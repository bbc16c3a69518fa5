/** Placeholders in a text: which names it uses, and which of them a step does not know. */

import type { ScopeOfStep } from "@deskhand/contract";

export interface Placeholder {
  /** The variable with its dots, such as `order.total`; empty while nothing is written. */
  readonly path: string;
  readonly from: number;
  readonly to: number;
  /** Whether a default stands in where there is no value. */
  readonly optional: boolean;
}

const SHAPE = /\{\{\s*([A-Za-z_]\w*(?:\.[\w-]+)*)?([^{}]*)\}\}/g;

export function placeholders(text: string): readonly Placeholder[] {
  return [...text.matchAll(SHAPE)].map(found => ({
    path: found[1] ?? "",
    from: found.index,
    to: found.index + found[0].length,
    optional: /\|\s*default\b/.test(found[2] ?? ""),
  }));
}

/** How a name is known at a step: on every way to it, on some, or not at all; null while nobody knows yet. */
export function knownness(scope: ScopeOfStep, path: string): "always" | "sometimes" | "unknown" | null {
  if (scope.step === "" || path === "") return null;
  const root = path.split(".")[0] ?? "";
  if (root === "secrets")
    return scope.secrets.length === 0 || scope.secrets.includes(path.slice(8)) ? "always" : "unknown";
  const variable = scope.variables.find(one => one.name === root);
  if (variable) return variable.always ? "always" : "sometimes";
  return scope.context.some(one => one.name.split(".")[0] === root) ? "always" : "unknown";
}

/** The names in a text that its step does not know, each once. */
export function unknownIn(text: string, scope: ScopeOfStep): readonly string[] {
  const found = placeholders(text).filter(one => knownness(scope, one.path) === "unknown");
  return [...new Set(found.map(one => one.path.split(".")[0] ?? ""))];
}

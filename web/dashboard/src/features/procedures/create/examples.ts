/** The worked examples: procedures alone, and those that bring their connection and actions. */

import type { ActionTemplateShown, Template } from "@deskhand/contract";

export interface Example {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly yaml: string;
  /** What brings actions along; null for a procedure alone. */
  readonly kit: ActionTemplateShown | null;
}

export function examplesOf(templates: readonly Template[], kits: readonly ActionTemplateShown[]): readonly Example[] {
  const alone = templates.map(({ name, title, yaml }) => ({ id: name, title, yaml, description: "", kit: null }));
  const whole = kits.flatMap(kit =>
    kit.procedure
      ? [
          {
            id: `kit-${kit.name}`,
            title: kit.procedure.title,
            description: kit.description,
            yaml: kit.procedure.yaml,
            kit,
          },
        ]
      : [],
  );
  return [...alone, ...whole];
}

interface Line {
  readonly id: string;
  readonly kind: string;
  readonly text: string;
}

/** Steps of a document, each with the words that tell most of it. */
export function linesOf(document: Readonly<Record<string, unknown>>): readonly Line[] {
  const steps = Array.isArray(document.steps) ? (document.steps as Record<string, unknown>[]) : [];
  return steps.map(step => ({ id: String(step.id), kind: String(step.kind), text: told(step) }));
}

function told(step: Readonly<Record<string, unknown>>): string {
  const { prompt, text, reason, description, action, tool, procedure, button, variable, operator, value } = step;
  if (step.kind === "condition") return [variable, operator, value].filter(one => one !== undefined).join(" ");
  if (step.kind === "call")
    return [description, action, `${step.method ?? "GET"} ${step.url ?? ""}`].map(plain).find(Boolean) ?? "";
  return [prompt, text, reason, description, button, action, tool, procedure, variable].map(plain).find(Boolean) ?? "";
}

function plain(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return "";
  const texts = value as Record<string, unknown>;
  return plain(texts.en ?? Object.values(texts)[0]);
}

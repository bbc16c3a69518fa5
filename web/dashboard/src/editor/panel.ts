/** What every panel beside the canvas is given, and what it gives back. */

import type { CanvasPaint } from "./paint";

/** A document as it is being written: it may be incomplete. */
export type Draft = Readonly<Record<string, unknown>>;

export interface PanelProps {
  readonly slug: string;
  readonly document: Draft;
  /** The step that is selected on the canvas. */
  readonly step: string | null;
  /** Select a step on the canvas and bring it into view. */
  readonly onSelect: (step: string) => void;
  /** Show a way on the canvas, or none. */
  readonly onPaint: (paint: CanvasPaint | null) => void;
}

/** A step of a draft, as far as it is one. */
export interface DraftStep {
  readonly id: string;
  readonly kind: string;
  readonly [field: string]: unknown;
}

/** The steps of a draft that have an id. */
export function stepsOf(document: Draft): readonly DraftStep[] {
  const given = Array.isArray(document.steps) ? (document.steps as unknown[]) : [];
  return given.filter(
    (one): one is DraftStep => typeof one === "object" && one !== null && typeof (one as DraftStep).id === "string",
  );
}

export function stepOf(document: Draft, id: string | null): DraftStep | undefined {
  return id === null ? undefined : stepsOf(document).find(one => one.id === id);
}

/** A customer's text in any language: what stands in a draft is one text, or one for each language. */
export function anyText(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return "";
  const texts = value as Record<string, unknown>;
  const found = texts.en ?? Object.values(texts)[0];
  return typeof found === "string" ? found : "";
}

/** Figures of steps, in the order in which the procedure has the steps. */

export interface StepFigures {
  readonly step: string;
  readonly entered: number;
  readonly left: number;
  readonly here: number;
  readonly stopped: number;
  readonly visits: number;
}

/** What the document does not have, or where there is none, stays where it was, at the end. */
export function inOrder(steps: readonly StepFigures[], document: unknown): readonly StepFigures[] {
  const written = (document as { readonly steps?: readonly { readonly id?: string }[] } | undefined)?.steps ?? [];
  const place = new Map(written.map((step, at) => [step.id, at]));
  const at = (step: StepFigures) => place.get(step.step) ?? written.length;
  return [...steps].sort((one, other) => at(one) - at(other));
}

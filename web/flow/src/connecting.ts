/** Ways between steps: made, taken away, pointed elsewhere. */

import { type AnyStep, type Doc, END, stepsOf, withStep, withSteps } from "./document";
import { type ExitName, exitsOfKind } from "./exits";
import { START } from "./graph";
import { keepingMeaning } from "./meaning";

/** Lead an exit to a step or to `end`; from the start mark, make the step the first one. */
export function connect(doc: Doc, source: string, exit: ExitName | "start", target: string): Doc {
  if (source === START || exit === "start") return begunBy(doc, target);
  return keepingMeaning(doc, explicit => withStep(explicit, source, step => ({ ...step, [exit]: target })));
}

/** Take a way away. Where something has to follow, the run ends there. */
export function disconnect(doc: Doc, source: string, exit: ExitName): Doc {
  return keepingMeaning(doc, explicit => withStep(explicit, source, step => cut(step, exit)));
}

/** Make a step the one that a run begins with. */
export function begunBy(doc: Doc, id: string): Doc {
  return keepingMeaning(doc, explicit => {
    const steps = stepsOf(explicit);
    const first = steps.filter(one => one.id === id);
    return withSteps(explicit, [...first, ...steps.filter(one => one.id !== id)]);
  });
}

/** Point every way that leads to a step elsewhere; null takes it away. Expects every `next` to be written out. */
export function pointed(steps: readonly AnyStep[], elsewhere: (target: string) => string | null): readonly AnyStep[] {
  return steps.map(step => {
    let changed = step;
    for (const { name } of exitsOfKind(step.kind)) {
      const target = changed[name];
      if (typeof target !== "string" || target === "") continue;
      const wanted = elsewhere(target);
      if (wanted === target) continue;
      changed = wanted === null ? cut(changed, name) : { ...changed, [name]: wanted };
    }
    return changed;
  });
}

/** A step without a way. */
export function cut(step: AnyStep, exit: ExitName): AnyStep {
  const spec = exitsOfKind(step.kind).find(one => one.name === exit);
  if (spec?.otherwise === "following" || spec?.otherwise === "nowhere") return { ...step, [exit]: END };
  const { [exit]: _, ...rest } = step;
  return rest as AnyStep;
}

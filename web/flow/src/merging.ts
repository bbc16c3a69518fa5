/** Two people's changes to the same draft, joined step by step. */

import { type AnyStep, type Doc, stepsOf, withSteps } from "./document";
import { relaxed, spelledOut } from "./meaning";

/** Something that both changed in different ways: a step, or a field of the procedure. */
export interface Clash {
  readonly kind: "step" | "field";
  readonly name: string;
}

export interface Merged {
  readonly doc: Doc;
  readonly clashes: readonly Clash[];
}

/** Both changes on top of what they began with; where both touched the same thing, mine stands and it is named. */
export function merge(base: Doc, mine: Doc, theirs: Doc): Merged {
  const clashes: Clash[] = [];
  const [before, ours, others] = [spelledOut(base), spelledOut(mine), spelledOut(theirs)];
  const choose = (kind: Clash["kind"], name: string, was: unknown, my: unknown, their: unknown): unknown => {
    if (same(my, was)) return their;
    if (!same(their, was) && !same(my, their)) clashes.push({ kind, name });
    return my;
  };
  const names = [...new Set([...Object.keys(theirs), ...Object.keys(mine)])].filter(name => name !== "steps");
  const fields = names
    .map(name => [name, choose("field", name, base[name], mine[name], theirs[name])] as const)
    .filter(([, value]) => value !== undefined);
  const [was, my, their] = [byId(before), byId(ours), byId(others)];
  const steps = joined(stepsOf(others), stepsOf(ours)).flatMap(id => {
    const step = choose("step", id, was.get(id), my.get(id), their.get(id)) as AnyStep | undefined;
    return step ? [step] : [];
  });
  const left = relaxed(withSteps(Object.fromEntries(fields), steps), mayLeaveOut(mine, theirs));
  return { doc: left, clashes };
}

/** Their order, with steps that are mine alone behind those that they follow in mine. */
function joined(theirs: readonly AnyStep[], mine: readonly AnyStep[]): readonly string[] {
  const order = theirs.map(one => one.id);
  mine.forEach(({ id }, at) => {
    if (!order.includes(id)) order.splice(order.indexOf(mine[at - 1]?.id ?? "") + 1, 0, id);
  });
  return order;
}

function mayLeaveOut(...docs: readonly Doc[]): (id: string) => boolean {
  const named = new Set(
    docs.flatMap(doc =>
      stepsOf(doc)
        .filter(one => typeof one.next === "string")
        .map(one => one.id),
    ),
  );
  return id => !named.has(id);
}

function byId(doc: Doc): ReadonlyMap<string, AnyStep> {
  return new Map(stepsOf(doc).map(one => [one.id, one]));
}

/** Whether two values are the same JSON, whatever the order of their fields. */
export function same(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const names = Object.keys(one);
  if (names.length !== Object.keys(other).length) return false;
  return names.every(
    name => name in other && same((one as Record<string, unknown>)[name], (other as Record<string, unknown>)[name]),
  );
}

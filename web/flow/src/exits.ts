/** The ways out of every step kind, and what happens on one that leads nowhere. */

import { type AnyStep, type Doc, END, type Kind, stepsOf } from "./document";

export type ExitName =
  | "next"
  | "then"
  | "else"
  | "on_error"
  | "on_decline"
  | "on_expiry"
  | "on_too_many"
  | "on_unavailable";

/** Where a run goes on an exit that names no step. */
export type Otherwise = "following" | "nowhere" | "person" | "ends";

export interface ExitSpec {
  readonly name: ExitName;
  readonly otherwise: Otherwise;
}

const NEXT: ExitSpec = { name: "next", otherwise: "following" };
const GATED: readonly ExitSpec[] = [
  NEXT,
  { name: "on_error", otherwise: "person" },
  { name: "on_decline", otherwise: "ends" },
  { name: "on_expiry", otherwise: "person" },
];

/** In the order in which they stand at a step, from left to right. */
export const EXITS: { readonly [K in Kind]: readonly ExitSpec[] } = {
  message: [NEXT],
  collect: [NEXT, { name: "on_too_many", otherwise: "person" }],
  condition: [
    { name: "then", otherwise: "nowhere" },
    { name: "else", otherwise: "nowhere" },
  ],
  call: GATED,
  tool: GATED,
  form: GATED,
  button: GATED,
  javascript: GATED,
  suggest: [NEXT],
  redirect: [NEXT],
  component: [NEXT],
  switch_topic: [NEXT],
  live_chat: [{ name: "on_unavailable", otherwise: "person" }],
  internal: GATED,
  set: [NEXT],
  escalate: [],
  end: [],
  procedure: [NEXT],
};

/** One way out of a step as it stands. */
export interface Exit extends ExitSpec {
  /** The step that it leads to, or `end`; null where it leads to none. */
  readonly target: string | null;
  /** Whether the step names the target itself. */
  readonly named: boolean;
}

export function exitsOfKind(kind: string): readonly ExitSpec[] {
  return kind in EXITS ? EXITS[kind as Kind] : [];
}

/** Every way out of a step; `following` is the id of the one below it in the list. */
export function exitsOf(step: AnyStep, following: string | undefined): readonly Exit[] {
  return exitsOfKind(step.kind).map(spec => {
    const written = step[spec.name];
    if (typeof written === "string" && written !== "") return { ...spec, target: written, named: true };
    return { ...spec, target: spec.otherwise === "following" ? (following ?? END) : null, named: false };
  });
}

/** Where each step's exits lead, by the step's id. */
export function exitsIn(doc: Doc): ReadonlyMap<string, readonly Exit[]> {
  const steps = stepsOf(doc);
  return new Map(steps.map((step, at) => [step.id, exitsOf(step, steps[at + 1]?.id)]));
}

/** The exit that a step goes by when all goes well. */
export function mainExit(kind: string): ExitName | undefined {
  return exitsOfKind(kind)[0]?.name;
}

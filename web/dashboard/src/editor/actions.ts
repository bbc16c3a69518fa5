/** What can be done in the editor, by mouse, key or menu alike. */

import {
  type AnyStep,
  addAfter,
  addStep,
  begunBy,
  copySteps,
  type Doc,
  END,
  exitsIn,
  graphOf,
  HEIGHT,
  type Kind,
  layoutMissing,
  type OnWay,
  type Position,
  type Positions,
  pasteSteps,
  readClip,
  removeSteps,
  START,
  snapped,
  stepsOf,
} from "@deskhand/flow";
import { createContext, use } from "react";
import type { Say } from "../i18n/texts";
import type { Draft } from "./draft";
import { type SayStep, STEPS } from "./steps";
import type { editor } from "./texts";

/** How far apart steps stand in a column. */
const STRIDE = HEIGHT + 72;
const PASTE_OFFSET = 48;

/** Where a step is put: onto a way, at a place on its own, or where it fits best. */
export interface Where {
  readonly on?: OnWay;
  readonly at?: Position;
  readonly after?: string;
}

export class Actions {
  /** What was copied last; the system's clipboard may refuse. */
  private clip = "";

  constructor(
    private readonly draft: Draft,
    private readonly say: Say<typeof editor.en>,
    private readonly sayStep: SayStep,
    readonly announce: (text: string) => void,
  ) {}

  /** Add a fresh step and select it. */
  add(kind: Kind, where: Where = {}): void {
    if (this.draft.locked) return;
    const { document, positions } = this.draft.get();
    const step = STEPS[kind].sample(this.sayStep) as unknown as AnyStep;
    const on = where.on ?? (where.at ? null : this.bestWay(where.after));
    const alone = on === null && stepsOf(document).length > 0;
    const added = alone ? addStep(document, step) : on ? addStep(document, step, on) : addAfter(document, step, null);
    const id = added.ids[0] ?? "";
    const places = where.at
      ? { ...positions, [id]: snapped(where.at) }
      : on
        ? withRoom(document, added.doc, positions, on, id)
        : positions;
    this.draft.change({ document: added.doc, positions: places, selection: [id] });
    this.announce(this.say("added", { id }));
  }

  /** Take the selected steps out; `bridge` joins what was before them with what was behind. */
  remove(bridge = true): void {
    const { selection, document, way } = this.draft.get();
    if (this.draft.locked || (selection.length === 0 && way === null)) return;
    if (selection.length === 0) return;
    const next = exitsIn(document).get(selection[0] ?? "")?.[0]?.target;
    const after = next && next !== END && !selection.includes(next) ? [next] : [];
    this.draft.change({ document: removeSteps(document, selection, bridge), selection: after });
    this.announce(this.say("removed", { count: selection.length }));
  }

  /** Copy the selected steps; the text that stands for them, for the clipboard. */
  copy(): string | null {
    const { selection, document, positions } = this.draft.get();
    if (selection.length === 0) return null;
    this.clip = JSON.stringify(copySteps(document, selection, positions), null, 2);
    this.announce(this.say("copied", { count: selection.length }));
    return this.clip;
  }

  cut(): string | null {
    if (this.draft.locked) return null;
    const text = this.copy();
    this.remove();
    return text;
  }

  /** Copy by a button: the browser may refuse its clipboard, then it can be pasted here alone. */
  copyByButton(): void {
    const text = this.copy();
    if (text !== null) void navigator.clipboard?.writeText(text).catch(() => {}); // pasted from here all the same
  }

  /** Paste what lies on the clipboard; without a text, what was copied here last. */
  paste(text = ""): void {
    const clip = readClip(text) ?? readClip(this.clip);
    if (!clip || this.draft.locked) return;
    const { document, positions } = this.draft.get();
    const pasted = pasteSteps(document, clip);
    const places = Object.fromEntries(
      [...pasted.names].flatMap(([from, to]) => {
        const place = clip.positions[from];
        return place ? [[to, { x: place.x + PASTE_OFFSET, y: place.y + PASTE_OFFSET }] as const] : [];
      }),
    );
    this.draft.change({ document: pasted.doc, positions: { ...positions, ...places }, selection: pasted.ids });
    this.announce(this.say("added", { id: pasted.ids.join(", ") }));
  }

  duplicate(): void {
    const { selection, document, positions } = this.draft.get();
    if (selection.length > 0) this.paste(JSON.stringify(copySteps(document, selection, positions)));
  }

  selectAll(): void {
    const ids = stepsOf(this.draft.get().document).map(one => one.id);
    this.draft.select(ids);
    this.announce(this.say("several", { count: ids.length }));
  }

  makeFirst(id: string): void {
    this.draft.edit(document => begunBy(document, id));
  }

  /** The way that is selected, else the main one out of the selected step, else the main line's end. */
  private bestWay(after?: string): OnWay | null {
    const { way, selection, document } = this.draft.get();
    if (after === undefined && way !== null) return wayOf(way);
    const exits = exitsIn(document);
    const from = after ?? selection[0] ?? lastOnMainLine(document);
    if (from === undefined) return { source: START, exit: "start" };
    const exit = exits.get(from)?.[0];
    return exit ? { source: from, exit: exit.name } : null;
  }
}

/** The way that an edge's id names. */
export function wayOf(id: string): OnWay {
  const at = id.lastIndexOf(">");
  return { source: id.slice(0, at), exit: id.slice(at + 1) as OnWay["exit"] };
}

function lastOnMainLine(document: Doc): string | undefined {
  const exits = exitsIn(document);
  const seen = new Set<string>();
  let at = stepsOf(document)[0]?.id;
  while (at !== undefined && !seen.has(at)) {
    seen.add(at);
    const next: string | null | undefined = exits.get(at)?.[0]?.target;
    if (!next || next === END || !exits.has(next)) return at;
    at = next;
  }
  return at;
}

/** The places with one for a step that was put onto a way; what stands below gives way where it has to. */
function withRoom(before: Doc, after: Doc, positions: Positions, on: OnWay, id: string): Positions {
  const source = positions[on.source];
  const target = positions[targetOf(before, on) ?? ""];
  if (!target) return layoutMissing(graphOf(after), positions);
  const y = source ? source.y + STRIDE : target.y;
  if (source && target.y <= source.y) return layoutMissing(graphOf(after), positions);
  const place = snapped({ x: target.x, y });
  const short = y + STRIDE - target.y;
  if (short <= 0) return { ...positions, [id]: place };
  const moved = Object.entries(positions).map(([step, at]) =>
    at.y >= target.y ? ([step, { x: at.x, y: at.y + short }] as const) : ([step, at] as const),
  );
  return { ...Object.fromEntries(moved), [id]: place };
}

function targetOf(document: Doc, on: OnWay): string | null | undefined {
  if (on.source === START) return stepsOf(document)[0]?.id;
  return exitsIn(document)
    .get(on.source)
    ?.find(exit => exit.name === on.exit)?.target;
}

export const ActionsContext = createContext<Actions | null>(null);

export function useActions(): Actions {
  const actions = use(ActionsContext);
  if (!actions) throw new Error("useActions belongs inside the editor");
  return actions;
}

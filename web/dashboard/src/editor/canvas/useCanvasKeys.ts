/** The canvas by keyboard alone: walking, selecting, adding, moving, taking out. */

import { type Direction, type Doc, disconnect, type ExitName, GRID, graphOf, neighbour, stepOf } from "@deskhand/flow";
import { type KeyboardEvent, useCallback, useRef } from "react";
import { useTexts } from "../../i18n/language";
import { type Actions, useActions, type Where, wayOf } from "../actions";
import { useDraft } from "../context";
import type { Draft } from "../draft";
import { type SayStep, stepTexts, uiOf } from "../steps";
import { editor } from "../texts";
import { byStep } from "./StepNode";

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: "left",
  ArrowRight: "right",
};

export function useCanvasKeys(choose: (where: Where) => void) {
  const ref = useRef<HTMLDivElement>(null);
  const draft = useDraft();
  const actions = useActions();
  const say = useTexts(editor);
  const sayStep = useTexts(stepTexts);
  const announce = useCallback(
    (id: string) => {
      const { document, problems } = draft.get();
      const step = stepOf(document, id);
      if (!step) return;
      const here = byStep(problems).get(id)?.length ?? 0;
      const told = say("selectedStep", {
        id,
        kind: kindName(step.kind, sayStep),
        summary: summary(document, id, sayStep),
      });
      actions.announce(here > 0 ? `${told} ${say("problemsHere", { count: here })}` : told);
    },
    [draft, actions, say, sayStep],
  );
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.target !== ref.current) return;
    const done = press(event, { draft, actions, choose, announce });
    if (done) {
      event.preventDefault();
      event.stopPropagation();
    }
  };
  return { ref, onKeyDown };
}

interface Tools {
  readonly draft: Draft;
  readonly actions: Actions;
  readonly choose: (where: Where) => void;
  readonly announce: (id: string) => void;
}

/** Do what a key means; whether it means anything here. */
function press(event: KeyboardEvent, { draft, actions, choose, announce }: Tools): boolean {
  const { selection, way } = draft.get();
  const first = selection[0] ?? null;
  const direction = ARROWS[event.key];
  if (direction) {
    if (event.altKey) return nudge(draft, direction);
    return walk(draft, direction, event.shiftKey, announce);
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  switch (event.key) {
    case "Enter":
      if (first === null) return false;
      draft.show(first);
      return true;
    case "a":
    case "+":
      choose(way ? { on: wayOf(way) } : first ? { after: first } : {});
      return true;
    case "Delete":
    case "Backspace":
      if (way && selection.length === 0) return removeWay(draft, way);
      actions.remove(!event.shiftKey);
      return true;
    case "Escape":
      draft.select([]);
      return true;
    default:
      return false;
  }
}

/** Take the way that is selected away. */
export function removeWay(draft: Draft, way: string): boolean {
  const { source, exit } = wayOf(way);
  if (exit !== "start") draft.edit(doc => disconnect(doc, source, exit as ExitName));
  return true;
}

function walk(draft: Draft, direction: Direction, extend: boolean, announce: (id: string) => void): boolean {
  const { document, positions, selection } = draft.get();
  const next = neighbour(graphOf(document), positions, selection[0] ?? null, direction);
  if (next === null) return true;
  draft.select(extend ? [next, ...selection.filter(id => id !== next)] : [next]);
  announce(next);
  return true;
}

function nudge(draft: Draft, direction: Direction): boolean {
  const { positions, selection } = draft.get();
  const far = GRID * 3;
  const [dx, dy] = { up: [0, -far], down: [0, far], left: [-far, 0], right: [far, 0] }[direction] as [number, number];
  const moved = selection.flatMap(id => {
    const at = positions[id];
    return at ? [[id, { x: at.x + dx, y: at.y + dy }] as const] : [];
  });
  if (moved.length > 0) draft.change({ positions: { ...positions, ...Object.fromEntries(moved) } }, "nudge");
  return true;
}

export function kindName(kind: string, say: SayStep): string {
  const ui = uiOf({ kind });
  return ui ? say(ui.label) : kind;
}

function summary(document: Doc, id: string, say: SayStep): string {
  const step = stepOf(document, id);
  return step ? (uiOf(step)?.summary(step as never, say) ?? "") : "";
}

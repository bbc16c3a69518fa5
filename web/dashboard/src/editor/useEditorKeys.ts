/** Keys that work anywhere in the editor, unless a field is being typed in. */

import type { ClipboardEvent, KeyboardEvent } from "react";
import { useShortcuts } from "../app/shortcuts";
import { useTexts } from "../i18n/language";
import type { Actions } from "./actions";
import type { Draft } from "./draft";
import { editor } from "./texts";

export function useEditorKeys(draft: Draft, actions: Actions) {
  const say = useTexts(editor);
  useShortcuts(say("keys"), [
    { key: "mod+z", label: say("undo"), run: () => draft.undo() },
    { key: "mod+y", label: say("redo"), run: () => draft.redo() },
    { key: "mod+a", label: say("selectAll"), run: () => actions.selectAll() },
    { key: "mod+d", label: say("duplicate"), run: () => actions.duplicate() },
  ]);
  const onKeyDown = (event: KeyboardEvent) => {
    const again = event.shiftKey && event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey);
    if (!again || isTyping(event.target)) return;
    event.preventDefault();
    draft.redo();
  };
  const onPaste = (event: ClipboardEvent) => {
    if (isTyping(event.target)) return;
    event.preventDefault();
    actions.paste(event.clipboardData.getData("text/plain"));
  };
  const onCopy = (event: ClipboardEvent) => {
    // text that was marked anywhere is what is meant then
    if (isTyping(event.target) || window.getSelection()?.isCollapsed === false) return;
    const text = event.type === "cut" ? actions.cut() : actions.copy();
    if (text === null) return;
    event.preventDefault();
    event.clipboardData.setData("text/plain", text);
  };
  return { onKeyDown, onPaste, onCopy };
}

function isTyping(target: EventTarget): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}

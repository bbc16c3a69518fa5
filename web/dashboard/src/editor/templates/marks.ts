/** Marks placeholders in a text: known ones as such, unknown ones as mistakes. */

import { type Extension, type Range, StateEffect } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import type { KnownNames } from "./known";
import { knownness, placeholders } from "./placeholders";

const anew = StateEffect.define<null>();

export function placeholderMarks(known: KnownNames): Extension {
  const plugin = ViewPlugin.fromClass(
    class {
      decorations: DecorationSet;
      readonly stop: () => void;

      constructor(view: EditorView) {
        this.decorations = marked(view, known);
        this.stop = known.subscribe(() => view.dispatch({ effects: anew.of(null) }));
      }

      update(update: ViewUpdate) {
        const changed =
          update.docChanged || update.transactions.some(one => one.effects.some(effect => effect.is(anew)));
        if (changed) this.decorations = marked(update.view, known);
      }

      destroy() {
        this.stop();
      }
    },
    { decorations: value => value.decorations },
  );
  return [plugin, look];
}

function marked(view: EditorView, known: KnownNames): DecorationSet {
  const { scope, words } = known.get();
  const marks = placeholders(view.state.doc.toString()).map((one): Range<Decoration> => {
    const found = one.optional ? "always" : knownness(scope, one.path);
    const title = found === "unknown" ? words.unknown : found === "sometimes" ? words.sometimes : undefined;
    const attributes = title ? { title } : undefined;
    return Decoration.mark({ class: `cm-name cm-name-${found ?? "always"}`, attributes }).range(one.from, one.to);
  });
  return Decoration.set(marks);
}

const look = EditorView.baseTheme({
  ".cm-name": { borderRadius: "3px", padding: "0 1px" },
  "&light .cm-name": { backgroundColor: "#e6ebff", color: "#293990" },
  "&dark .cm-name": { backgroundColor: "#2b335f", color: "#c9d2ff" },
  ".cm-name-sometimes": { borderBottom: "2px dotted #b86a00" },
  ".cm-name-unknown, &light .cm-name-unknown": { textDecoration: "underline wavy #d6336c 1px" },
});

/** What CodeMirror offers after `{{`. */

import type { CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import type { Nameable } from "./editing";

export function templateCompletion(nameable: readonly Nameable[]) {
  return (context: CompletionContext): CompletionResult | null => {
    const found = context.matchBefore(/\{\{\s*[\w.]*/);
    if (!found) return null;
    const closed = context.state.sliceDoc(context.pos, context.pos + 2) === "}}";
    const start = found.from + (found.text.match(/^\{\{\s*/)?.[0].length ?? 2);
    return {
      from: start,
      validFor: /^[\w.]*$/,
      options: nameable.map(one => ({
        label: one.value,
        detail: one.detail,
        type: "variable",
        apply: closed ? one.value : `${one.value}}}`,
      })),
    };
  };
}

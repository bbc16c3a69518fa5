/** Completes what stands behind `{{`. */

import {
  type Completion,
  type CompletionContext,
  type CompletionResult,
  completionStatus,
  startCompletion,
} from "@codemirror/autocomplete";
import type { Extension } from "@codemirror/state";
import { type EditorView, ViewPlugin } from "@codemirror/view";
import type { ScopeOfStep, VariableInScope } from "@deskhand/contract";
import type { KnownNames, Words } from "./known";

const OPEN = /\{\{\s*[\w.-]*$/;
const NAME = /^[A-Za-z_]\w{0,63}$/;

/** The names that fit, with type and origin; where none fits, one that declares it. */
export function completer(known: KnownNames): (context: CompletionContext) => CompletionResult | null {
  return context => {
    const before = context.matchBefore(OPEN);
    if (!before) return null;
    const typed = before.text.replace(/^\{\{\s*/, "");
    const { scope, words, declare } = known.get();
    const options = [...fromVariables(scope, words), ...fromContext(scope), ...fromSecrets(scope)];
    const fits = options.some(one => one.label.startsWith(typed));
    if (!fits && NAME.test(typed)) options.push(creating(typed, words, declare));
    return { from: context.pos - typed.length, options, validFor: fits ? /^[\w.-]*$/ : undefined };
  };
}

/** Offers anew what fits, where the names become known only after something was typed. */
export function completedAnew(known: KnownNames): Extension {
  return ViewPlugin.define(view => ({
    destroy: known.subscribe(() => {
      if (completionStatus(view.state)) startCompletion(view);
    }),
  }));
}

function fromVariables(scope: ScopeOfStep, words: Words): Completion[] {
  return scope.variables.flatMap(variable => [
    closing({
      label: variable.name,
      type: "variable",
      detail: variable.type ?? "",
      info: about(variable, words),
      boost: variable.always ? 20 : 10,
    }),
    ...variable.fields.map(field =>
      closing({ label: field.path, type: "property", detail: field.example, info: about(variable, words), boost: 5 }),
    ),
  ]);
}

function fromContext(scope: ScopeOfStep): Completion[] {
  return scope.context.map(one => closing({ label: one.name, type: "constant", info: one.description }));
}

function fromSecrets(scope: ScopeOfStep): Completion[] {
  return scope.secrets.map(name => closing({ label: `secrets.${name}`, type: "keyword", boost: -10 }));
}

function creating(name: string, words: Words, declare: (name: string) => void): Completion {
  const made = closing({ label: name, displayLabel: words.create(name), type: "class" });
  return {
    ...made,
    apply: (view, completion, from, to) => {
      if (typeof made.apply === "function") made.apply(view, completion, from, to);
      declare(name);
    },
  };
}

/** Puts the closing braces behind, where they are not there yet. */
function closing(completion: Completion): Completion {
  const apply = (view: EditorView, _: Completion, from: number, to: number) => {
    const closed = /^\s*(\|[^{}]*)?\}\}/.test(view.state.sliceDoc(to, to + 80));
    const insert = closed ? completion.label : `${completion.label}}}`;
    view.dispatch({
      changes: { from, to, insert },
      selection: { anchor: from + insert.length },
      userEvent: "input.complete",
    });
  };
  return { ...completion, apply };
}

function about(variable: VariableInScope, words: Words): string {
  const origin = variable.set_by.map(step => step || words.declared).join(", ");
  const parts = [variable.description, words.setBy(origin), variable.always ? "" : words.sometimes];
  return parts.filter(Boolean).join("\n");
}

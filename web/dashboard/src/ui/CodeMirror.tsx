import { autocompletion, type CompletionSource } from "@codemirror/autocomplete";
import { indentWithTab } from "@codemirror/commands";
import { javascript } from "@codemirror/lang-javascript";
import { json } from "@codemirror/lang-json";
import { yaml } from "@codemirror/lang-yaml";
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { type Diagnostic, setDiagnostics } from "@codemirror/lint";
import { Compartment, EditorState, type Extension, Prec } from "@codemirror/state";
import { EditorView, keymap, placeholder as placeholderText } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { basicSetup } from "codemirror";
import { useEffect, useRef } from "react";
import classes from "./CodeMirror.module.css";

export type CodeLanguage = "json" | "yaml" | "javascript" | "text";

export interface CodeProps {
  /** What is written here, for whoever cannot see it. */
  readonly label: string;
  readonly value: string;
  readonly language: CodeLanguage;
  readonly onChange?: (value: string) => void;
  readonly onBlur?: () => void;
  readonly readOnly?: boolean;
  readonly minHeight?: number;
  readonly maxHeight?: number | string;
  readonly placeholder?: string;
  readonly problems?: readonly Diagnostic[];
  /** What is offered while typing, such as variables after `{{`. */
  readonly complete?: CompletionSource;
  readonly extensions?: Extension;
}

const LANGUAGES: Readonly<Record<CodeLanguage, () => Extension>> = { json, yaml, javascript, text: () => [] };
const nonce = document.querySelector<HTMLMetaElement>("meta[property=csp-nonce]")?.nonce ?? "";

const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--code-name)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--code-string)" },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: "var(--code-number)" },
  { tag: [tags.keyword, tags.controlKeyword, tags.operatorKeyword], color: "var(--code-keyword)" },
  { tag: tags.comment, color: "var(--code-comment)", fontStyle: "italic" },
]);

/** CodeMirror as a component; Escape and then Tab leave it by the keyboard. */
export default function CodeMirror(props: CodeProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const compartments = useRef({ language: new Compartment(), editable: new Compartment() });
  // biome-ignore lint/correctness/useExhaustiveDependencies: made once; what changes is brought in below
  useEffect(() => {
    if (!host.current) return;
    const { language, editable } = compartments.current;
    const made = new EditorView({
      parent: host.current,
      doc: props.value,
      extensions: [
        nonce ? EditorView.cspNonce.of(nonce) : [],
        basicSetup,
        Prec.low(keymap.of([indentWithTab])),
        syntaxHighlighting(colours),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": props.label, tabindex: "0" }),
        autocompletion(props.complete ? { override: [context => latest.current.complete?.(context) ?? null] } : {}),
        placeholderText(props.placeholder ?? ""),
        language.of(LANGUAGES[props.language]()),
        editable.of(EditorState.readOnly.of(!!props.readOnly)),
        EditorView.updateListener.of(update => {
          if (update.docChanged) latest.current.onChange?.(update.state.doc.toString());
          if (update.focusChanged && !update.view.hasFocus) latest.current.onBlur?.();
        }),
        props.extensions ?? [],
      ],
    });
    view.current = made;
    return () => made.destroy();
  }, []);
  useEffect(() => {
    const shown = view.current;
    if (!shown || shown.state.doc.toString() === props.value) return;
    shown.dispatch({ changes: { from: 0, to: shown.state.doc.length, insert: props.value } });
  }, [props.value]);
  useEffect(() => {
    const { language, editable } = compartments.current;
    view.current?.dispatch({
      effects: [
        language.reconfigure(LANGUAGES[props.language]()),
        editable.reconfigure(EditorState.readOnly.of(!!props.readOnly)),
      ],
    });
  }, [props.language, props.readOnly]);
  useEffect(() => {
    const shown = view.current;
    if (!shown) return;
    const end = shown.state.doc.length;
    const fitting = (props.problems ?? []).map(one => ({
      ...one,
      from: Math.min(one.from, end),
      to: Math.min(one.to, end),
    }));
    shown.dispatch(setDiagnostics(shown.state, fitting));
  }, [props.problems]);
  return (
    <div
      ref={host}
      className={classes.code}
      data-readonly={props.readOnly || undefined}
      style={
        {
          "--code-least": `${props.minHeight ?? 120}px`,
          "--code-most": height(props.maxHeight ?? 480),
        } as React.CSSProperties
      }
    />
  );
}

function height(value: number | string): string {
  return typeof value === "number" ? `${value}px` : value;
}

/** A text field that knows placeholders: one line or several, `{{` completes. */

import { autocompletion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { EditorState, Prec } from "@codemirror/state";
import { EditorView, keymap, placeholder as placeholderText } from "@codemirror/view";
import { useEffect, useRef } from "react";
import { useTheme } from "../useTheme";
import { completedAnew, completer } from "./complete";
import type { KnownNames } from "./known";
import { placeholderMarks } from "./marks";
import classes from "./TemplateInput.module.css";

export interface TemplateInputProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly known: KnownNames;
  readonly singleLine?: boolean;
  readonly readOnly?: boolean;
  readonly invalid?: boolean;
  readonly placeholder?: string;
  readonly describedBy?: string;
}

export function TemplateInput(props: TemplateInputProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const dark = useTheme();
  // biome-ignore lint/correctness/useExhaustiveDependencies: made once for each look; what changes is brought in below
  useEffect(() => {
    if (!host.current) return;
    const made = new EditorView({ parent: host.current, state: begin(latest.current, dark, () => latest.current) });
    view.current = made;
    return () => made.destroy();
  }, [dark, props.readOnly, props.known]);
  useEffect(() => {
    const shown = view.current;
    if (!shown || shown.state.doc.toString() === props.value) return;
    shown.dispatch({ changes: { from: 0, to: shown.state.doc.length, insert: props.value } });
  }, [props.value]);
  return (
    <div
      ref={host}
      className={classes.field}
      data-single={props.singleLine || undefined}
      data-invalid={props.invalid || undefined}
      data-readonly={props.readOnly || undefined}
    />
  );
}

const nonce = document.querySelector<HTMLMetaElement>("meta[property=csp-nonce]")?.nonce ?? "";

function begin(props: TemplateInputProps, dark: boolean, latest: () => TemplateInputProps): EditorState {
  const said = { "aria-label": props.label, "aria-multiline": String(!props.singleLine), role: "textbox" };
  const described: Record<string, string> = props.describedBy ? { "aria-describedby": props.describedBy } : {};
  return EditorState.create({
    doc: props.value,
    extensions: [
      nonce ? EditorView.cspNonce.of(nonce) : [],
      EditorView.theme({}, { dark }),
      history(),
      props.singleLine ? Prec.high(keymap.of([{ key: "Enter", run: () => true }])) : [],
      keymap.of([...completionKeymap, ...defaultKeymap, ...historyKeymap]),
      autocompletion({ override: [completer(props.known)], icons: false }),
      completedAnew(props.known),
      placeholderMarks(props.known),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ ...said, ...described }),
      EditorState.readOnly.of(!!props.readOnly),
      placeholderText(props.placeholder ?? ""),
      props.singleLine ? EditorState.transactionFilter.of(tr => (tr.newDoc.lines > 1 ? [] : tr)) : [],
      EditorView.updateListener.of(update => {
        if (!update.docChanged) return;
        const text = update.state.doc.toString();
        if (text !== latest().value) latest().onChange(text);
      }),
    ],
  });
}

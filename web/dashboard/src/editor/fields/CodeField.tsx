/** Fields that hold code: a body with placeholders, a script, a JSON value. */

import { useMemo, useState } from "react";
import { useTexts } from "../../i18n/language";
import { CodeEditor, ScriptEditor } from "../../ui/Code";
import type { CodeLanguage } from "../../ui/CodeMirror";
import { completer } from "../templates/complete";
import { placeholderMarks } from "../templates/marks";
import { useField, useStepForm } from "./context";
import { Labelled } from "./Labelled";
import { Unknown } from "./TemplateField";
import { fieldTexts } from "./texts";

interface Props {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly required?: boolean;
  readonly language: CodeLanguage;
  /** Whether `{{variables}}` are filled in. */
  readonly template?: boolean;
  /** Whether it runs in a customer's page, so that it is told where it breaks off. */
  readonly script?: boolean;
}

/** Code as a text. */
export function CodeField({ name, label, hint, required, language, template, script }: Props) {
  const field = useField(name, required);
  const { known } = useStepForm();
  const extensions = useMemo(() => (template ? placeholderMarks(known) : undefined), [template, known]);
  const complete = useMemo(() => (template ? completer(known) : undefined), [template, known]);
  const text = typeof field.value === "string" ? field.value : "";
  const editing = {
    label,
    value: text,
    readOnly: field.locked,
    minHeight: 72,
    maxHeight: 320,
    onChange: (value: string) => value !== text && field.set(value),
  };
  return (
    <Labelled name={name} label={label} hint={hint} required={required} error={field.error}>
      {() => (
        <>
          {script ? (
            <ScriptEditor {...editing} />
          ) : (
            <CodeEditor {...editing} language={language} complete={complete} extensions={extensions} />
          )}
          {template && <Unknown text={text} />}
        </>
      )}
    </Labelled>
  );
}

/** A JSON value: what is not JSON yet stays in the field, and is said. */
export function JsonField({ name, label, hint, required }: Omit<Props, "language" | "template" | "script">) {
  const say = useTexts(fieldTexts);
  const field = useField(name, required);
  const written = field.value === undefined || field.value === null ? "" : JSON.stringify(field.value, null, 2);
  const [typed, setTyped] = useState<{ readonly text: string; readonly of: unknown } | null>(null);
  // what is typed stands until the value becomes another one from elsewhere
  const text = typed && (typed.of === field.value || parse(typed.text).value === field.value) ? typed.text : written;
  const { bad } = parse(text);
  const change = (next: string) => {
    const read = parse(next);
    setTyped({ text: next, of: read.bad ? field.value : read.value });
    if (!read.bad && JSON.stringify(read.value) !== JSON.stringify(field.value)) field.set(read.value);
  };
  return (
    <Labelled name={name} label={label} hint={hint} required={required} error={bad ? say("notJson") : field.error}>
      {() => (
        <CodeEditor
          label={label}
          language="json"
          value={text}
          readOnly={field.locked}
          minHeight={72}
          maxHeight={320}
          onChange={next => next !== text && change(next)}
        />
      )}
    </Labelled>
  );
}

function parse(text: string): { readonly bad: boolean; readonly value: unknown } {
  if (text.trim() === "") return { bad: false, value: undefined };
  try {
    return { bad: false, value: JSON.parse(text) };
  } catch {
    return { bad: true, value: undefined }; // it is being typed
  }
}

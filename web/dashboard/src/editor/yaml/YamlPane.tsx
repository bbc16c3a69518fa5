/** The procedure as YAML, beside the canvas: both are written in, both follow. */

import type { Diagnostic } from "@codemirror/lint";
import type { Extension, Text as Lines } from "@codemirror/state";
import { EditorView, ViewPlugin } from "@codemirror/view";
import type { FoundProblem } from "@deskhand/contract";
import { Alert, Button, Group, Text } from "@mantine/core";
import { useEffect, useMemo, useState } from "react";
import { useTexts } from "../../i18n/language";
import { CodeEditor } from "../../ui/Code";
import { Prose } from "../../ui/Prose";
import type { Checker } from "../checking";
import { useDraft, useDraftState } from "../context";
import type { Draft } from "../draft";
import { editor } from "../texts";
import classes from "./Yaml.module.css";

export function YamlPane({ checker }: { checker: Checker | null }) {
  const say = useTexts(editor);
  const draft = useDraft();
  const yaml = useDraftState(state => state.yaml);
  const broken = useDraftState(state => state.broken);
  const readOnly = useDraftState(state => state.readOnly !== null);
  const [text, setText] = useState(broken?.text ?? yaml);
  const [view, setView] = useState<EditorView | null>(null);
  const extensions = useMemo<Extension>(() => [holding(setView), following(draft)], [draft]);
  useEffect(() => {
    if (draft.get().broken === null) setText(yaml);
  }, [yaml, draft]);
  useFollowSelection(view);
  const problems = useDiagnostics(text);
  const go = (line: number) => {
    const shown = view;
    if (!shown || line > shown.state.doc.lines) return;
    const at = shown.state.doc.line(line).from;
    shown.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "center" }) });
    shown.focus();
  };
  return (
    <section className={classes.pane} aria-label={say("yamlLabel")}>
      {broken && (
        <Alert color="red" radius={0} p="xs" title={say("brokenTitle")} role="alert">
          <Text fz="sm">
            <Prose text={broken.sentence} />
          </Text>
          <Text fz="xs" c="dimmed">
            {say("brokenHint")}
          </Text>
          <Group gap="xs" mt={6}>
            {broken.line !== null && (
              <Button size="compact-xs" variant="default" onClick={() => go(broken.line ?? 1)}>
                {say("brokenGo")}
              </Button>
            )}
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => {
                checker?.discard();
                setText(draft.get().yaml);
              }}
            >
              {say("brokenDiscard")}
            </Button>
          </Group>
        </Alert>
      )}
      <div className={classes.code}>
        <CodeEditor
          label={say("yamlLabel")}
          language="yaml"
          value={text}
          readOnly={readOnly || checker === null}
          maxHeight="100%"
          problems={problems}
          extensions={extensions}
          onChange={next => {
            if (next === text) return;
            setText(next);
            if (next !== draft.get().yaml || draft.get().broken !== null) checker?.type(next);
          }}
        />
      </div>
    </section>
  );
}

/** Problems at their lines: where the YAML cannot be read, and what is wrong with steps. */
function useDiagnostics(text: string): readonly Diagnostic[] {
  const broken = useDraftState(state => state.broken);
  const problems = useDraftState(state => state.problems);
  const lines = useDraftState(state => state.lines);
  return useMemo(() => {
    const starts = lineStarts(text);
    if (broken) return broken.line === null ? [] : [diagnostic(starts, text, broken.line, broken.sentence, "error")];
    return problems.flatMap((one: FoundProblem) => {
      const line = one.step === null ? 1 : lines[one.step];
      if (line === undefined) return [];
      return [diagnostic(starts, text, line, one.sentence, one.severity === "error" ? "error" : "warning")];
    });
  }, [text, broken, problems, lines]);
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

function diagnostic(
  starts: readonly number[],
  text: string,
  line: number,
  message: string,
  severity: "error" | "warning",
): Diagnostic {
  const from = starts[Math.min(line, starts.length) - 1] ?? 0;
  const to = Math.max((starts[line] ?? text.length + 1) - 1, from);
  return { from, to: Math.min(to, text.length), message, severity };
}

/** The step that a line belongs to. */
export function stepAtLine(lines: Readonly<Record<string, number>>, line: number): string | null {
  let found: string | null = null;
  let latest = 0;
  for (const [id, start] of Object.entries(lines)) {
    if (start <= line && start > latest) [found, latest] = [id, start];
  }
  return found;
}

function holding(set: (view: EditorView | null) => void): Extension {
  return ViewPlugin.define(made => {
    queueMicrotask(() => set(made)); // the view is being built
    return { destroy: () => queueMicrotask(() => set(null)) };
  });
}

/** The step under the cursor becomes the selected one. */
function following(draft: Draft): Extension {
  return EditorView.updateListener.of(update => {
    if (!update.selectionSet || update.docChanged || !update.view.hasFocus) return;
    const step = stepAtLine(draft.get().lines, lineOf(update.state.doc, update.state.selection.main.head));
    if (step !== null) draft.select([step]);
  });
}

function lineOf(doc: Lines, at: number): number {
  return doc.lineAt(at).number;
}

/** The selected step comes into view, unless it was selected here. */
function useFollowSelection(view: EditorView | null): void {
  const first = useDraftState(state => state.selection[0]);
  const line = useDraftState(state => (first === undefined ? undefined : state.lines[first]));
  useEffect(() => {
    const shown = view;
    if (!shown || shown.hasFocus || line === undefined || line > shown.state.doc.lines) return;
    const at = shown.state.doc.line(line).from;
    shown.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "start", yMargin: 40 }) });
  }, [line, view]);
}

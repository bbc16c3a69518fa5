/** Code to read or to write, in CodeMirror; loaded when it is first needed. */

import { Skeleton } from "@mantine/core";
import { lazy, Suspense } from "react";
import type { CodeProps } from "./CodeMirror";
import type { ScriptProps } from "./Script";

const CodeMirror = lazy(() => import("./CodeMirror"));
const Script = lazy(() => import("./Script"));

/** An editor for JSON, YAML or JavaScript; `readOnly` shows only. */
export function CodeEditor(props: CodeProps) {
  return (
    <Suspense fallback={<Skeleton h={props.minHeight ?? 120} />}>
      <CodeMirror {...props} />
    </Suspense>
  );
}

/** An editor for JavaScript that says where it breaks off. */
export function ScriptEditor(props: ScriptProps) {
  return (
    <Suspense fallback={<Skeleton h={props.minHeight ?? 120} />}>
      <Script {...props} />
    </Suspense>
  );
}

/** A value as JSON. */
export function Json({ value, label }: { value: unknown; label: string }) {
  return <CodeEditor label={label} language="json" value={JSON.stringify(value, null, 2)} readOnly minHeight={40} />;
}

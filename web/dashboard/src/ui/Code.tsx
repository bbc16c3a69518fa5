/** Code to read or to write, in CodeMirror; loaded when it is first needed. */

import { Skeleton } from "@mantine/core";
import { lazy, Suspense } from "react";
import type { CodeProps } from "./CodeMirror";

const CodeMirror = lazy(() => import("./CodeMirror"));

/** An editor for JSON, YAML or JavaScript; `readOnly` shows only. */
export function CodeEditor(props: CodeProps) {
  return (
    <Suspense fallback={<Skeleton h={props.minHeight ?? 120} />}>
      <CodeMirror {...props} />
    </Suspense>
  );
}

/** A value as JSON. */
export function Json({ value, label }: { value: unknown; label: string }) {
  return <CodeEditor label={label} language="json" value={JSON.stringify(value, null, 2)} readOnly minHeight={40} />;
}

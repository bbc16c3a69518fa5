import { javascriptLanguage } from "@codemirror/lang-javascript";
import { Text } from "@mantine/core";
import { useMemo } from "react";
import { useTexts } from "../i18n/language";
import CodeMirror, { type CodeProps } from "./CodeMirror";
import { ui } from "./texts";

export type ScriptProps = Omit<CodeProps, "language" | "problems">;

/** JavaScript, with the place where it breaks off. It hinders nobody: a browser may know more than the editor does. */
export default function Script(props: ScriptProps) {
  const say = useTexts(ui);
  const { value } = props;
  const at = useMemo(() => breakOf(value), [value]);
  const message = at === null ? null : say("scriptBroken", placeOf(value, at));
  const problems = useMemo(
    () => (at === null || message === null ? [] : [{ from: at, to: at + 1, severity: "error" as const, message }]),
    [at, message],
  );
  return (
    <>
      <CodeMirror {...props} language="javascript" problems={problems} />
      {message !== null && (
        <Text fz="xs" c="red" mt={4} role="status">
          {message}
        </Text>
      )}
    </>
  );
}

/** Where the text stops being JavaScript; null where it is all of it. */
function breakOf(text: string): number | null {
  let at: number | null = null;
  javascriptLanguage.parser.parse(text).iterate({
    enter: node => {
      if (at === null && node.type.isError) at = node.from;
      return at === null;
    },
  });
  return at;
}

function placeOf(text: string, at: number): { readonly line: number; readonly column: number } {
  const lines = text.slice(0, at).split("\n");
  return { line: lines.length, column: (lines.at(-1) ?? "").length + 1 };
}

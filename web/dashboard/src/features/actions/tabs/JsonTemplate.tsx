import { Input, Text } from "@mantine/core";
import { type ReactNode, useMemo } from "react";
import { useTexts } from "../../../i18n/language";
import { CodeEditor } from "../../../ui/Code";
import { templateCompletion } from "../completion";
import { useEditing } from "../editing";
import { jsonProblem } from "../templates";
import { tabs } from "./texts";

interface Props {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error?: ReactNode;
  readonly showLabel?: boolean;
}

/** JSON with placeholders: its structure is checked while it is written. */
export function JsonTemplate({ label, hint, value, onChange, error, showLabel }: Props) {
  const say = useTexts(tabs);
  const { nameable, locked } = useEditing();
  const problem = useMemo(() => jsonProblem(value), [value]);
  const problems = useMemo(
    () =>
      problem ? [{ from: problem.from, to: problem.to, severity: "error" as const, message: problem.message }] : [],
    [problem],
  );
  return (
    <Input.Wrapper
      label={showLabel ? label : undefined}
      labelElement="div"
      description={hint}
      error={error}
      inputWrapperOrder={["label", "description", "input", "error"]}
    >
      <CodeEditor
        label={label}
        language="json"
        value={value}
        onChange={onChange}
        readOnly={locked}
        minHeight={110}
        problems={problems}
        complete={templateCompletion(nameable)}
      />
      {value.trim() !== "" && (
        <Text fz="xs" c={problem ? "red" : "dimmed"} mt={4} role="status">
          {problem ? say("jsonBroken", { message: problem.message }) : say("jsonFine")}
        </Text>
      )}
    </Input.Wrapper>
  );
}

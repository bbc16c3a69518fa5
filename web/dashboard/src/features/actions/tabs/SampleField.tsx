import { NativeSelect, PasswordInput, TextInput } from "@mantine/core";
import { useTexts } from "../../../i18n/language";
import type { Variable } from "../model";
import { tabs } from "./texts";

interface Props {
  readonly variable: Variable;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** One sample value, as its variable wants it. */
export function SampleField({ variable, value, onChange }: Props) {
  const say = useTexts(tabs);
  const optional = variable.required === false || (variable.default !== undefined && variable.default !== null);
  const field = {
    label: variable.name,
    description: variable.description || undefined,
    withAsterisk: !optional,
    value,
    onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
    placeholder: variable.type === "date" ? "2026-01-31" : (variable.example ?? undefined),
  };
  if (variable.choices?.length) return <NativeSelect {...field} data={["", ...variable.choices]} />;
  if (variable.type === "boolean") {
    return (
      <NativeSelect
        {...field}
        data={[
          { value: "", label: say("optional") },
          { value: "true", label: "true" },
          { value: "false", label: "false" },
        ]}
      />
    );
  }
  if (variable.sensitive) return <PasswordInput {...field} autoComplete="off" />;
  return <TextInput {...field} />;
}

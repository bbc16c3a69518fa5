import { SegmentedControl } from "@mantine/core";
import { IconVariable } from "@tabler/icons-react";
import { useTexts } from "../../i18n/language";
import { JsonField, PlainField, TemplateField, useField } from "../fields";
import type { StepUi } from "./kind";
import { stepTexts } from "./texts";

/** Assigns a value to a variable. */
export const set: StepUi<"set"> = {
  icon: IconVariable,
  colour: "grape",
  group: "decide",
  label: "set",
  about: "setAbout",
  sample: () => ({ id: "note_down", kind: "set", variable: "summary", value: "" }),
  summary: step =>
    `${step.variable || "…"} = ${typeof step.value === "string" ? step.value : JSON.stringify(step.value ?? null)}`,
  exits: () => ["next"],
  Main,
  more: [],
};

function Main() {
  const say = useTexts(stepTexts);
  const field = useField("value", true);
  const isText = field.value === undefined || field.value === null || typeof field.value === "string";
  const change = (form: string) => {
    if ((form === "text") === isText) return;
    field.set(form === "text" ? JSON.stringify(field.value) : { value: field.value ?? "" });
  };
  return (
    <>
      <PlainField name="variable" label={say("setVariable")} required mono />
      <SegmentedControl
        aria-label={say("setForm")}
        data={[
          { value: "text", label: say("setText") },
          { value: "json", label: "JSON" },
        ]}
        value={isText ? "text" : "json"}
        readOnly={field.locked}
        onChange={change}
      />
      {isText ? (
        <TemplateField name="value" label={say("setValue")} hint={say("setValueHint")} required />
      ) : (
        <JsonField name="value" label={say("setValue")} hint={say("setJsonHint")} required />
      )}
    </>
  );
}

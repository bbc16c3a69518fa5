import { TextInput } from "@mantine/core";
import { IconArrowsSplit } from "@tabler/icons-react";
import { useTexts } from "../../i18n/language";
import { ChoiceField, fieldTexts, OPERATORS, operatorLabel, takesValue, useField, useStepForm } from "../fields";
import { Labelled } from "../fields/Labelled";
import { TemplateText } from "../fields/TemplateField";
import { fromTyped } from "../fields/values";
import { useStore } from "../store";
import type { StepUi } from "./kind";
import { stepTexts } from "./texts";

const SIGNS = {
  equals: "=",
  contains: "∋",
  gt: ">",
  lt: "<",
  gte: "≥",
  lte: "≤",
  exists: "✓",
  not_exists: "∅",
} as const;

/** Compares a value and goes one of two ways. */
export const condition: StepUi<"condition"> = {
  icon: IconArrowsSplit,
  colour: "grape",
  group: "decide",
  label: "condition",
  about: "conditionAbout",
  sample: () => ({ id: "check", kind: "condition", variable: "answer", operator: "exists", then: "end", else: "end" }),
  summary: step => {
    const value = takesValue(step.operator ?? "equals") ? String(step.value ?? "…") : "";
    return `${step.variable || "…"} ${SIGNS[step.operator ?? "equals"] ?? "?"} ${value}`.trim();
  },
  exits: () => ["then", "else"],
  Main,
  more: [],
};

function Main() {
  const say = useTexts(fieldTexts);
  const operator = useField("operator", true);
  const value = useField("value");
  return (
    <>
      <Compared />
      <ChoiceField
        name="operator"
        label={say("operator")}
        required
        options={OPERATORS.map(one => ({ value: one, label: operatorLabel(say, one) }))}
      />
      {takesValue(String(operator.value)) && (
        <Labelled name="value" label={say("comparedWith")} error={value.error} required>
          {describedBy => (
            <TemplateText
              label={say("comparedWith")}
              value={value.value === undefined || value.value === null ? "" : String(value.value)}
              onChange={text => value.set(text === "" ? undefined : fromTyped(text))}
              singleLine
              invalid={value.error !== null}
              describedBy={describedBy}
            />
          )}
        </Labelled>
      )}
    </>
  );
}

/** The variable, with those that are known here offered. */
function Compared() {
  const say = useTexts(stepTexts);
  const field = useField("variable", true);
  const { known, step } = useStepForm();
  const scope = useStore(known, all => all.scope);
  const names = scope.variables.flatMap(one => [one.name, ...one.fields.map(inner => inner.path)]);
  const list = `names-${step.id}`;
  return (
    <>
      <TextInput
        data-field="variable"
        label={say("conditionVariable")}
        description={say("conditionVariableHint")}
        withAsterisk
        list={list}
        value={typeof field.value === "string" ? field.value : ""}
        readOnly={field.locked}
        error={field.error}
        spellCheck={false}
        autoComplete="off"
        onChange={event => field.set(event.currentTarget.value)}
      />
      <datalist id={list}>
        {names.map(name => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  );
}

import { IconForms } from "@tabler/icons-react";
import { useTexts } from "../../i18n/language";
import { ApprovalFields, FormFields, OutcomeFields, ResponseVariableField, SayField } from "../fields";
import { gatedExits } from "./exitLabel";
import type { StepUi } from "./kind";
import { oneLine } from "./shorten";
import { stepTexts } from "./texts";

/** Asks for several values at once. */
export const form: StepUi<"form"> = {
  icon: IconForms,
  colour: "blue",
  group: "talk",
  label: "form",
  about: "formAbout",
  sample: () => ({ id: "fill_in", kind: "form", fields: [{ name: "email", type: "email" }] as never }),
  summary: step => oneLine(step.text) || (step.fields ?? []).map(one => one.name).join(", "),
  exits: gatedExits,
  Main,
  more: [
    { label: "moreResult", Fields: Result },
    { label: "moreApproval", Fields: ApprovalFields },
  ],
};

function Main() {
  const say = useTexts(stepTexts);
  return (
    <>
      <SayField name="text" label={say("formText")} />
      <FormFields />
      <SayField name="submit" label={say("formSubmit")} singleLine />
    </>
  );
}

function Result() {
  return (
    <>
      <ResponseVariableField />
      <OutcomeFields />
    </>
  );
}

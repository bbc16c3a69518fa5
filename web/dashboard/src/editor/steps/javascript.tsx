import { IconBrandJavascript } from "@tabler/icons-react";
import { useTexts } from "../../i18n/language";
import {
  ApprovalFields,
  CodeField,
  fieldTexts,
  NumberField,
  OutcomeFields,
  ResponseVariableField,
  SayField,
} from "../fields";
import { gatedExits } from "./exitLabel";
import type { StepUi } from "./kind";
import { oneLine } from "./shorten";
import { stepTexts } from "./texts";

/** Runs a script in the customer's own page, after a click. */
export const javascript: StepUi<"javascript"> = {
  icon: IconBrandJavascript,
  colour: "teal",
  group: "act",
  label: "javascript",
  about: "javascriptAbout",
  sample: () => ({ id: "run_script", kind: "javascript", source: "return document.title", response_variable: "title" }),
  summary: step => oneLine(step.button) || oneLine(step.source),
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
      <SayField name="text" label={say("buttonText")} />
      <SayField name="button" label={say("buttonLabel")} singleLine />
      <CodeField
        name="source"
        label={say("javascriptSource")}
        hint={say("javascriptSourceHint")}
        language="javascript"
        required
        script
      />
      <CodeField name="inputs" label={say("javascriptInputs")} hint={say("jsonTemplate")} language="json" template />
      <ResponseVariableField />
    </>
  );
}

function Result() {
  const say = useTexts(fieldTexts);
  return (
    <>
      <NumberField name="timeout" label={say("timeout")} byDefault={30} min={0.1} max={120} />
      <OutcomeFields />
    </>
  );
}

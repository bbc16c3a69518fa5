import { setFields } from "@deskhand/flow";
import { SegmentedControl } from "@mantine/core";
import { IconHandClick } from "@tabler/icons-react";
import { useTexts } from "../../i18n/language";
import { useDraft } from "../context";
import {
  ApprovalFields,
  Inside,
  OutcomeFields,
  RequestDetails,
  RequestFields,
  ResponseVariableField,
  SayField,
  SwitchField,
  TemplateField,
  useStepForm,
} from "../fields";
import { gatedExits } from "./exitLabel";
import type { StepUi } from "./kind";
import { oneLine } from "./shorten";
import { stepTexts } from "./texts";

/** Puts a button before the customer. */
export const button: StepUi<"button"> = {
  icon: IconHandClick,
  colour: "blue",
  group: "talk",
  label: "button",
  about: "buttonAbout",
  sample: say => ({ id: "offer_link", kind: "button", button: say("buttonSample"), url: "https://example.com" }),
  summary: step => [oneLine(step.button), step.url].filter(Boolean).join(" → "),
  exits: gatedExits,
  Main,
  more: [
    { label: "moreRequest", Fields: Details },
    { label: "moreResult", Fields: Result },
    { label: "moreApproval", Fields: ApprovalFields },
  ],
};

function isRequest(step: Readonly<Record<string, unknown>>): boolean {
  return step.request !== undefined && step.request !== null;
}

function Main() {
  const say = useTexts(stepTexts);
  const { step, locked } = useStepForm();
  const draft = useDraft();
  const choose = (which: string) =>
    draft.edit(document =>
      setFields(
        document,
        step.id,
        which === "request"
          ? { request: { method: "POST", url: "" }, url: undefined, new_tab: undefined }
          : { request: undefined, url: "https://" },
      ),
    );
  return (
    <>
      <SayField name="text" label={say("buttonText")} />
      <SayField name="button" label={say("buttonLabel")} required singleLine />
      <SegmentedControl
        aria-label={say("buttonClick")}
        data={[
          { value: "url", label: say("buttonOpens") },
          { value: "request", label: say("buttonSends") },
        ]}
        value={isRequest(step) ? "request" : "url"}
        readOnly={locked}
        onChange={choose}
        fullWidth
      />
      {isRequest(step) ? (
        <Inside name="request">
          <RequestFields />
        </Inside>
      ) : (
        <>
          <TemplateField name="url" label={say("buttonUrl")} hint={say("buttonUrlHint")} required singleLine />
          <SwitchField name="new_tab" label={say("buttonNewTab")} byDefault />
        </>
      )}
    </>
  );
}

function Details() {
  const say = useTexts(stepTexts);
  const { step } = useStepForm();
  if (!isRequest(step)) return say("buttonOnlyOpens");
  return (
    <Inside name="request">
      <RequestDetails />
    </Inside>
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

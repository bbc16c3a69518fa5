import { IconExternalLink } from "@tabler/icons-react";
import { useTexts } from "../../i18n/language";
import { SayField, SwitchField, TemplateField } from "../fields";
import type { StepUi } from "./kind";
import { oneLine } from "./shorten";
import { stepTexts } from "./texts";

/** Sends the customer to a page, with their click. */
export const redirect: StepUi<"redirect"> = {
  icon: IconExternalLink,
  colour: "blue",
  group: "talk",
  label: "redirect",
  about: "redirectAbout",
  sample: () => ({ id: "redirect", kind: "redirect", url: "https://example.com" }),
  summary: step => [oneLine(step.button), step.url].filter(Boolean).join(" → "),
  exits: () => ["next"],
  Main,
  more: [],
};

function Main() {
  const say = useTexts(stepTexts);
  return (
    <>
      <TemplateField name="url" label={say("redirectUrl")} hint={say("redirectUrlHint")} required singleLine />
      <SayField name="text" label={say("buttonText")} />
      <SayField name="button" label={say("buttonLabel")} hint={say("redirectButtonHint")} singleLine />
      <SwitchField name="new_tab" label={say("buttonNewTab")} />
    </>
  );
}

import { IconUserUp } from "@tabler/icons-react";
import { useTexts } from "../../i18n/language";
import { SayField } from "../fields";
import type { StepUi } from "./kind";
import { oneLine } from "./shorten";
import { stepTexts } from "./texts";

/** Hands the conversation over to a person and ends the run. */
export const escalate: StepUi<"escalate"> = {
  icon: IconUserUp,
  colour: "orange",
  group: "finish",
  label: "escalate",
  about: "escalateAbout",
  sample: say => ({ id: "to_a_person", kind: "escalate", reason: say("escalateSample") }),
  summary: step => oneLine(step.reason),
  exits: () => [],
  Main,
  more: [],
};

function Main() {
  const say = useTexts(stepTexts);
  return <SayField name="reason" label={say("escalateReason")} hint={say("escalateReasonHint")} required />;
}

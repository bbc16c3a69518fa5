import { IconMessage } from "@tabler/icons-react";
import { useTexts } from "../../i18n/language";
import { SayField } from "../fields";
import type { StepUi } from "./kind";
import { oneLine } from "./shorten";
import { stepTexts } from "./texts";

/** Tells the customer something. */
export const message: StepUi<"message"> = {
  icon: IconMessage,
  colour: "blue",
  group: "talk",
  label: "message",
  about: "messageAbout",
  sample: say => ({ id: "tell", kind: "message", text: say("messageSample") }),
  summary: step => oneLine(step.text),
  exits: () => ["next"],
  Main,
  more: [],
};

function Main() {
  const say = useTexts(stepTexts);
  return <SayField name="text" label={say("messageText")} required />;
}

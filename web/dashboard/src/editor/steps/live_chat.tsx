import { IconMessages } from "@tabler/icons-react";
import { useTexts } from "../../i18n/language";
import { SayField } from "../fields";
import type { StepUi } from "./kind";
import { oneLine } from "./shorten";
import { stepTexts } from "./texts";

/** Hands the conversation over to a person, if one is there. */
export const liveChat: StepUi<"live_chat"> = {
  icon: IconMessages,
  colour: "orange",
  group: "finish",
  label: "liveChat",
  about: "liveChatAbout",
  sample: () => ({ id: "live_chat", kind: "live_chat" }),
  summary: step => oneLine(step.text),
  exits: () => ["on_unavailable"],
  Main,
  more: [],
};

function Main() {
  const say = useTexts(stepTexts);
  return (
    <>
      <SayField name="text" label={say("liveChatText")} hint={say("liveChatTextHint")} />
      <SayField name="away_text" label={say("liveChatAway")} hint={say("liveChatAwayHint")} />
    </>
  );
}

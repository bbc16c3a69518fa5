import { IconMessageCirclePlus } from "@tabler/icons-react";
import { useTexts } from "../../i18n/language";
import { SayField, SayingsField } from "../fields";
import type { StepUi } from "./kind";
import { oneLine } from "./shorten";
import { stepTexts } from "./texts";

const MOST = 5;

/** Puts follow-up questions before the customer. */
export const suggest: StepUi<"suggest"> = {
  icon: IconMessageCirclePlus,
  colour: "blue",
  group: "talk",
  label: "suggest",
  about: "suggestAbout",
  sample: say => ({ id: "suggest", kind: "suggest", suggestions: [say("suggestSample")] }),
  summary: step => (step.suggestions ?? []).map(oneLine).join(" · "),
  exits: () => ["next"],
  Main,
  more: [],
};

function Main() {
  const say = useTexts(stepTexts);
  return (
    <>
      <SayField name="text" label={say("suggestText")} hint={say("suggestTextHint")} />
      <SayingsField
        name="suggestions"
        label={say("suggestions")}
        hint={say("suggestionsHint")}
        one={number => say("suggestion", { number })}
        most={MOST}
      />
    </>
  );
}

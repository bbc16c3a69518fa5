import { IconBooks } from "@tabler/icons-react";
import { $api } from "../../api/client";
import { useTexts } from "../../i18n/language";
import { ChoiceField, SayField } from "../fields";
import type { StepUi } from "./kind";
import { stepTexts } from "./texts";

/** Moves the conversation to another slice of the knowledge. */
export const switchTopic: StepUi<"switch_topic"> = {
  icon: IconBooks,
  colour: "blue",
  group: "talk",
  label: "switchTopic",
  about: "switchTopicAbout",
  sample: () => ({ id: "switch_topic", kind: "switch_topic" }),
  summary: (step, say) => step.topic ?? say("everyTopic"),
  exits: () => ["next"],
  Main,
  more: [],
};

function Main() {
  const say = useTexts(stepTexts);
  const { data } = $api.useQuery("get", "/v1/topics", undefined, { staleTime: 30_000 });
  return (
    <>
      <ChoiceField
        name="topic"
        label={say("topic")}
        hint={say("topicHint")}
        options={(data?.items ?? []).map(one => ({ value: one.slug, label: one.name }))}
        otherwise={say("everyTopic")}
        search
      />
      <SayField name="text" label={say("messageText")} hint={say("switchTopicTextHint")} />
    </>
  );
}

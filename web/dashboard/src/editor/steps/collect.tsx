import { IconMessageQuestion } from "@tabler/icons-react";
import { useTexts } from "../../i18n/language";
import { ChoiceField, fieldTexts, NumberField, PlainField, SayField, TextsField, TYPES } from "../fields";
import type { StepUi } from "./kind";
import { oneLine } from "./shorten";
import { stepTexts } from "./texts";

/** Asks for a value and waits until there is a valid one. */
export const collect: StepUi<"collect"> = {
  icon: IconMessageQuestion,
  colour: "blue",
  group: "talk",
  label: "collect",
  about: "collectAbout",
  sample: say => ({ id: "ask", kind: "collect", variable: "answer", prompt: say("collectSample") }),
  summary: step => oneLine(step.prompt),
  exits: () => ["next", "on_too_many"],
  Main,
  more: [{ label: "moreAnswers", Fields: More }],
};

function Main() {
  const say = useTexts(stepTexts);
  const sayField = useTexts(fieldTexts);
  return (
    <>
      <SayField name="prompt" label={say("collectPrompt")} required />
      <PlainField name="variable" label={say("collectVariable")} required mono />
      <ChoiceField
        name="validation"
        label={say("collectValidation")}
        byDefault="text"
        options={TYPES.map(value => ({ value, label: sayField(`type_${value}`) }))}
      />
      <TextsField name="choices" label={sayField("choices")} hint={say("choicesHint")} />
    </>
  );
}

function More() {
  const say = useTexts(stepTexts);
  return (
    <>
      <PlainField name="example" label={say("collectExample")} hint={say("collectExampleHint")} />
      <SayField name="invalid" label={say("collectInvalid")} hint={say("collectInvalidHint")} />
      <NumberField name="attempts" label={say("collectAttempts")} byDefault={5} min={1} max={50} />
    </>
  );
}

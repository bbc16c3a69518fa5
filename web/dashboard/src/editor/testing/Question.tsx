/** What the customer is asked next: choices as buttons, anything else as a text to type. */

import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTexts } from "../../i18n/language";
import { type Draft, stepsOf } from "../panel";
import { typed } from "./script";
import { testing } from "./texts";

interface Props {
  readonly variable: string;
  readonly document: Draft;
  readonly answer: (value: unknown) => void;
}

export function Question({ variable, document, answer }: Props) {
  const say = useTexts(testing);
  const [text, setText] = useState("");
  const { kind, choices, example } = wanted(document, variable);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() !== "") answer(typed(text, kind));
    setText("");
  };
  return (
    <Stack gap={8} component="form" onSubmit={send}>
      <Text fz="xs" c="dimmed">
        {say("asks", { variable })}
      </Text>
      {choices.length > 0 && (
        <Group gap={6}>
          {choices.map(choice => (
            <Button key={choice} size="xs" variant="light" onClick={() => answer(choice)}>
              {choice}
            </Button>
          ))}
        </Group>
      )}
      <Group gap={6} wrap="nowrap">
        <TextInput
          flex={1}
          value={text}
          onChange={event => setText(event.currentTarget.value)}
          placeholder={example}
          aria-label={say("yourAnswer")}
          autoComplete="off"
        />
        <Button type="submit" variant="default">
          {say("answer")}
        </Button>
        {example && text === "" && (
          <Button variant="light" onClick={() => answer(typed(example, kind))}>
            {example}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

interface Wanted {
  readonly kind: unknown;
  readonly choices: readonly string[];
  readonly example: string;
}

/** What a draft says of a variable that it asks for: in a step, a form's field, or its own declaration. */
function wanted(document: Draft, variable: string): Wanted {
  const declared = records(document.variables).find(one => one.name === variable);
  const step = stepsOf(document).find(one => one.kind === "collect" && one.variable === variable);
  const field = stepsOf(document)
    .flatMap(one => records(one.fields))
    .find(one => one.name === variable);
  const found = step ?? declared ?? field ?? {};
  const kind = step ? step.validation : found.type;
  const choices = Array.isArray(found.choices) ? found.choices.map(String) : [];
  if (!choices.length && kind === "boolean") return { kind, choices: ["true", "false"], example: "" };
  return { kind, choices, example: typeof found.example === "string" ? found.example : "" };
}

function records(given: unknown): Record<string, unknown>[] {
  return Array.isArray(given) ? given.filter(one => typeof one === "object" && one !== null) : [];
}

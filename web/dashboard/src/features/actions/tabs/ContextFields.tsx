import { SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { useTexts } from "../../../i18n/language";
import { WhoFields } from "../../trying/WhoFields";
import { useEditing } from "../editing";
import type { Doc } from "../model";
import type { Samples } from "./Test";
import { tests } from "./testTexts";

/** Context values that can be typed; what belongs to the contact comes with the contact. */
const TYPED = [
  "message.content",
  "message.sentiment",
  "conversation.channel",
  "conversation.user_id",
  "lead.email",
  "lead.name",
  "direction",
  "medium",
] as const;

interface Props {
  readonly samples: Samples;
  readonly setSamples: (samples: Samples) => void;
}

/** Who the customer is, and what the conversation is like, in a test. */
export function ContextFields({ samples, setSamples }: Props) {
  const say = useTexts(tests);
  const { doc } = useEditing();
  return (
    <Stack gap="sm">
      <WhoFields
        who={samples}
        change={who => setSamples({ ...samples, ...who })}
        document={doc}
        hint={say("contactHint", { example: "{{contact.email}}" })}
      />
      <Text fz="xs" c="dimmed">
        {say("contextHint")}
      </Text>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xs">
        {TYPED.map(name => (
          <TextInput
            key={name}
            label={name}
            value={samples.context[name] ?? ""}
            onChange={event =>
              setSamples({ ...samples, context: { ...samples.context, [name]: event.currentTarget.value } })
            }
          />
        ))}
      </SimpleGrid>
    </Stack>
  );
}

/** What was typed as `message.content`, as the service takes it: `{message: {content}}`. */
export function context(typed: Readonly<Record<string, string>>): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const [path, value] of Object.entries(typed)) {
    if (!value) continue;
    const [first = "", second] = path.split(".");
    if (!second) found[first] = value;
    else found[first] = { ...(found[first] as object), [second]: value };
  }
  return found;
}

/** Whether the action asks for the contact or the conversation, so that these fields matter. */
export function usesContext(doc: Doc): boolean {
  return /\{\{\s*(contact|lead|message|conversation)\./.test(JSON.stringify(doc));
}

import { Stack, Textarea, TextInput } from "@mantine/core";
import { useTexts } from "../../../i18n/language";
import { type TabProps, textIn, withFields } from "./fields";
import { settings } from "./texts";

/** What it is called and what the team should know of it. */
export default function General({ document, change }: TabProps) {
  const say = useTexts(settings);
  const name = textIn(document, "name");
  const set = (fields: Record<string, unknown>) => change?.(before => withFields(before, fields));
  return (
    <Stack maw={640}>
      <TextInput
        label={say("name")}
        description={say("nameHint")}
        value={name}
        onChange={event => {
          const { value } = event.currentTarget;
          change?.(before => ({ ...before, name: value }));
        }}
        error={name.trim() ? null : say("nameEmpty")}
        maxLength={100}
        readOnly={!change}
      />
      <Textarea
        label={say("description")}
        description={say("descriptionHint")}
        value={textIn(document, "description")}
        onChange={event => set({ description: event.currentTarget.value })}
        autosize
        minRows={3}
        maxRows={12}
        readOnly={!change}
      />
    </Stack>
  );
}

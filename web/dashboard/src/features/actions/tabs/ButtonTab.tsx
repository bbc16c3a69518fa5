import { Divider, Group, SegmentedControl, Stack, Switch, Text } from "@mantine/core";
import { useTexts } from "../../../i18n/language";
import { useEditing } from "../editing";
import { TemplateInput } from "../fields/TemplateInput";
import { WordsInput } from "../fields/WordsInput";
import type { ButtonSpec } from "../model";
import { Endpoint } from "./Endpoint";
import { tabs } from "./texts";

/** A button in the chat: what stands on it and what a click does. */
export function ButtonTab() {
  const say = useTexts(tabs);
  const { doc, set, locked, problem, nameable } = useEditing();
  const button = doc.button ?? { label: "", url: "" };
  const change = (patch: Partial<ButtonSpec>) => set({ button: { ...button, ...patch } });
  const sends = Boolean(button.request);
  return (
    <Stack>
      <Stack maw={720}>
        <WordsInput
          label={say("buttonLabel")}
          multiline={false}
          required
          value={button.label}
          onChange={label => change({ label: label ?? "" })}
          error={problem("button.label")}
        />
        <WordsInput label={say("buttonText")} value={button.text} onChange={text => change({ text })} />
        <Group gap="sm">
          <Text fz="sm" fw={500} id="button-does">
            {say("buttonDoes")}
          </Text>
          <SegmentedControl
            size="xs"
            aria-labelledby="button-does"
            disabled={locked}
            value={sends ? "sends" : "opens"}
            onChange={chosen =>
              change(
                chosen === "sends" ? { url: null, request: { url: "", method: "POST" } } : { url: "", request: null },
              )
            }
            data={[
              { value: "opens", label: say("opens") },
              { value: "sends", label: say("sends") },
            ]}
          />
        </Group>
        {!sends && (
          <>
            <TemplateInput
              label={say("pageUrl")}
              required
              placeholder="https://shop.example.com/orders/{{order_id}}"
              value={button.url ?? ""}
              onChange={url => change({ url })}
              nameable={nameable}
              error={problem("button.url")}
              disabled={locked}
              mono
            />
            <Switch
              label={say("newTab")}
              checked={button.new_tab ?? true}
              onChange={event => change({ new_tab: event.currentTarget.checked })}
              disabled={locked}
            />
          </>
        )}
      </Stack>
      {sends && (
        <>
          <Divider />
          <Endpoint />
        </>
      )}
    </Stack>
  );
}

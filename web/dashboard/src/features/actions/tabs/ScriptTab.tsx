import { Input, NumberInput, SimpleGrid, Stack } from "@mantine/core";
import { useTexts } from "../../../i18n/language";
import { ScriptEditor } from "../../../ui/Code";
import { useEditing } from "../editing";
import { WordsInput } from "../fields/WordsInput";
import type { ScriptSpec } from "../model";
import { JsonTemplate } from "./JsonTemplate";
import { tabs } from "./texts";

/** JavaScript for the customer's own page, after a click. */
export function ScriptTab() {
  const say = useTexts(tabs);
  const { doc, set, locked, problem } = useEditing();
  const script = doc.script ?? { source: "" };
  const change = (patch: Partial<ScriptSpec>) => set({ script: { ...script, ...patch } });
  return (
    <Stack maw={860}>
      <Input.Wrapper
        label={say("script")}
        labelElement="div"
        description={say("scriptHint")}
        error={problem("script.source")}
        required
        inputWrapperOrder={["label", "description", "input", "error"]}
      >
        <ScriptEditor
          label={say("script")}
          value={script.source}
          onChange={source => change({ source })}
          readOnly={locked}
          minHeight={180}
          placeholder={"document.querySelector('#coupon').value = inputs.code;\nreturn { ok: true };"}
        />
      </Input.Wrapper>
      <JsonTemplate
        label={say("inputs")}
        showLabel
        hint={say("inputsHint")}
        value={script.inputs ?? ""}
        onChange={text => change({ inputs: text || null })}
        error={problem("script.inputs")}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <WordsInput
          label={say("buttonLabel")}
          multiline={false}
          value={script.label}
          onChange={label => change({ label })}
        />
        <NumberInput
          label={say("timeout")}
          description={say("seconds")}
          min={1}
          max={120}
          value={script.timeout ?? 30}
          onChange={given => change({ timeout: Number(given) || 30 })}
          disabled={locked}
        />
      </SimpleGrid>
      <WordsInput label={say("buttonText")} value={script.text} onChange={text => change({ text })} />
    </Stack>
  );
}

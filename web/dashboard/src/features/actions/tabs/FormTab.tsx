import { Button, Group, Stack, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTexts } from "../../../i18n/language";
import { useEditing } from "../editing";
import { WordsInput } from "../fields/WordsInput";
import { type FormSpec, replaced } from "../model";
import { tabs } from "./texts";
import { VariableEditor } from "./VariableEditor";
import { VariableTable } from "./VariableTable";

/** What a form asks the customer. */
export function FormTab() {
  const say = useTexts(tabs);
  const { doc, set, locked, problem } = useEditing();
  const [open, setOpen] = useState<number | null>(null);
  const form = doc.form ?? { fields: [] };
  const change = (patch: Partial<FormSpec>) => set({ form: { ...form, ...patch } });
  const add = () => {
    change({ fields: [...form.fields, { name: "", type: "text" }] });
    setOpen(form.fields.length);
  };
  const close = () => {
    if (open !== null && !form.fields[open]?.name) change({ fields: replaced(form.fields, open, null) });
    setOpen(null);
  };
  const shown = open === null ? undefined : form.fields[open];
  return (
    <Stack maw={860}>
      <WordsInput label={say("formText")} value={form.text} onChange={text => change({ text })} />
      <Text fz="sm" c="dimmed">
        {say("fieldsLead")}
      </Text>
      <VariableTable
        label={say("fields")}
        values={form.fields}
        onChange={fields => change({ fields })}
        edit={setOpen}
        field="form.fields"
      />
      {problem("form.fields") && (
        <Text fz="sm" c="red">
          {problem("form.fields")}
        </Text>
      )}
      {!locked && (
        <Group>
          <Button variant="default" leftSection={<IconPlus size={16} />} onClick={add}>
            {say("addField")}
          </Button>
        </Group>
      )}
      <WordsInput
        label={say("formSubmit")}
        multiline={false}
        value={form.submit}
        onChange={submit => change({ submit })}
      />
      {shown && open !== null && (
        <VariableEditor
          title={shown.name || say("newField")}
          value={shown}
          onChange={one => change({ fields: replaced(form.fields, open, one) })}
          close={close}
          field={`form.fields.${open}`}
          inForm
        />
      )}
    </Stack>
  );
}

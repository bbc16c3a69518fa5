import {
  Button,
  Drawer,
  Group,
  NativeSelect,
  NumberInput,
  SimpleGrid,
  Stack,
  Switch,
  TagsInput,
  Textarea,
  TextInput,
} from "@mantine/core";
import { useState } from "react";
import { useTexts } from "../../../i18n/language";
import { useEditing } from "../editing";
import { Comparisons } from "../fields/Comparisons";
import { WordsInput } from "../fields/WordsInput";
import { TYPES, type Variable } from "../model";
import { JsonTemplate } from "./JsonTemplate";
import { tabs } from "./texts";
import { typeLabel } from "./VariableTable";

interface Props {
  readonly value: Variable;
  readonly onChange: (value: Variable) => void;
  readonly close: () => void;
  readonly title: string;
  /** Whether it is a form's field, with a label of its own. */
  readonly inForm?: boolean;
  readonly field: string;
}

/** All fields of one variable, in a drawer; what is typed counts at once. */
export function VariableEditor({ value, onChange, close, title, inForm, field }: Props) {
  const say = useTexts(tabs);
  const { locked, problem } = useEditing();
  const set = (patch: Partial<Variable>) => onChange({ ...value, ...patch });
  return (
    <Drawer opened onClose={close} position="right" title={title} size={440}>
      <fieldset disabled={locked} style={{ border: 0, padding: 0, margin: 0 }}>
        <Stack gap="sm">
          <TextInput
            label={say("name")}
            description={say("nameHint")}
            value={value.name}
            onChange={event => set({ name: event.currentTarget.value })}
            error={problem(`${field}.name`)}
            spellCheck={false}
            data-autofocus
            required
          />
          {inForm && (
            <WordsInput
              label={say("label")}
              description={say("labelHint")}
              multiline={false}
              value={value.label}
              onChange={label => set({ label })}
            />
          )}
          <NativeSelect
            label={say("type")}
            data={TYPES.map(one => ({ value: one, label: say(typeLabel(one)) }))}
            value={value.type === "string" ? "text" : (value.type ?? "text")}
            onChange={event => set({ type: event.currentTarget.value })}
            error={problem(`${field}.type`)}
          />
          <Textarea
            label={say("description")}
            description={say("descriptionHint")}
            autosize
            value={value.description ?? ""}
            onChange={event => set({ description: event.currentTarget.value })}
          />
          <TextInput
            label={say("example")}
            description={say("exampleHint")}
            value={value.example ?? ""}
            onChange={event => set({ example: event.currentTarget.value || null })}
          />
          <Needs value={value} set={set} />
          <TagsInput
            label={say("choices")}
            description={say("choicesHint")}
            value={[...(value.choices ?? [])]}
            onChange={choices => set({ choices })}
            acceptValueOnBlur
          />
          <SimpleGrid cols={2}>
            <NumberInput
              label={say("maxLength")}
              suffix={` ${say("characters")}`}
              min={1}
              max={10_000}
              value={value.max_length ?? ""}
              onChange={given => set({ max_length: typeof given === "number" ? given : null })}
              error={problem(`${field}.max_length`)}
            />
            {inForm && (
              <TextInput
                label={say("placeholder")}
                value={value.placeholder ?? ""}
                onChange={event => set({ placeholder: event.currentTarget.value })}
              />
            )}
          </SimpleGrid>
          <Switch
            label={say("sensitive")}
            description={say("sensitiveHint")}
            checked={value.sensitive ?? false}
            onChange={event => set({ sensitive: event.currentTarget.checked })}
          />
          {(value.type ?? "text") === "text" && (
            <Switch
              label={say("allowEmpty")}
              checked={value.allow_empty ?? false}
              onChange={event => set({ allow_empty: event.currentTarget.checked })}
            />
          )}
          {!inForm && (
            <WordsInput
              label={say("prompt")}
              description={say("promptHint")}
              value={value.prompt}
              onChange={prompt => set({ prompt })}
            />
          )}
          {value.type === "json" && <Schema value={value} set={set} />}
          {!inForm && <AskWhen value={value} set={set} />}
          <Group justify="flex-end">
            <Button onClick={close}>{say("done")}</Button>
          </Group>
        </Stack>
      </fieldset>
    </Drawer>
  );
}

interface PartProps {
  readonly value: Variable;
  readonly set: (patch: Partial<Variable>) => void;
}

function Needs({ value, set }: PartProps) {
  const say = useTexts(tabs);
  const required = value.required ?? true;
  return (
    <>
      <Switch
        label={say("required")}
        description={say(required ? "requiredHint" : "optionalHint")}
        checked={required}
        onChange={event => set({ required: event.currentTarget.checked })}
      />
      <TextInput
        label={say("default")}
        description={say("defaultHint")}
        value={value.default === undefined || value.default === null ? "" : textOf(value.default)}
        onChange={event => set({ default: event.currentTarget.value || null })}
      />
    </>
  );
}

function AskWhen({ value, set }: PartProps) {
  const say = useTexts(tabs);
  const { doc } = useEditing();
  const others = (doc.variables ?? []).map(one => one.name).filter(name => name !== value.name);
  if (!others.length && !value.ask_when?.length) return null;
  return (
    <Stack gap={4}>
      <span style={{ fontSize: "var(--mantine-font-size-sm)", fontWeight: 500 }}>{say("askWhen")}</span>
      <Comparisons
        label={say("askWhen")}
        values={value.ask_when}
        onChange={ask_when => set({ ask_when })}
        paths={others}
      />
    </Stack>
  );
}

function Schema({ value, set }: PartProps) {
  const say = useTexts(tabs);
  const [text, setText] = useState(() => (value.schema ? textOf(value.schema) : ""));
  const read = (given: string) => {
    setText(given);
    try {
      set({ schema: given.trim() ? (JSON.parse(given) as unknown) : null });
    } catch {
      // not whole yet: what was whole before holds until it is
    }
  };
  return <JsonTemplate label={say("schema")} showLabel value={text} onChange={read} />;
}

function textOf(value: unknown): string {
  return typeof value === "object" ? JSON.stringify(value, null, 2) : String(value);
}

import {
  Button,
  Drawer,
  Group,
  NativeSelect,
  NumberInput,
  Stack,
  Switch,
  TagsInput,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { useState } from "react";
import { useTexts } from "../../../i18n/language";
import { CodeEditor } from "../../../ui/Code";
import { SaidInput } from "../../../ui/SaidInput";
import { useUsual } from "../../agents/widget/useUsual";
import { Comparisons } from "./Comparisons";
import { comparisonsIn, type DraftVariable, saidIn, withFields } from "./fields";
import { settings } from "./texts";

const TYPES = ["text", "number", "integer", "float", "boolean", "date", "email", "phone", "json"] as const;
const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/;

interface Props {
  readonly variable: DraftVariable;
  /** Names that are taken. */
  readonly others: readonly string[];
  readonly change: ((variable: DraftVariable) => void) | undefined;
  readonly close: () => void;
}

/** Everything about one variable. */
export function VariableEditor({ variable, others, change, close }: Props) {
  const say = useTexts(settings);
  const set = (fields: Record<string, unknown>) =>
    change?.(withFields(variable as DraftVariable & Record<string, unknown>, fields) as unknown as DraftVariable);
  const usual = useUsual();
  const readOnly = !change;
  const type = variable.type === "string" ? "text" : (variable.type ?? "text");
  return (
    <Drawer
      opened
      onClose={close}
      position="right"
      size="md"
      title={<Text fw={650}>{say("variableTitle", { name: variable.name })}</Text>}
    >
      <Stack>
        <Name value={variable.name} others={others} rename={change && (name => set({ name }))} />
        <NativeSelect
          label={say("type")}
          value={type}
          onChange={event => set({ type: event.currentTarget.value })}
          data={TYPES.map(value => ({ value, label: say(`type_${value}`) }))}
          disabled={readOnly}
        />
        <Textarea
          label={say("what")}
          description={say("whatHint")}
          value={variable.description ?? ""}
          onChange={event => set({ description: event.currentTarget.value })}
          autosize
          readOnly={readOnly}
        />
        <TextInput
          label={say("example")}
          value={variable.example ?? ""}
          onChange={event => set({ example: event.currentTarget.value })}
          readOnly={readOnly}
        />
        <Switch
          label={say("requiredLabel")}
          description={say("requiredHint")}
          checked={variable.required !== false}
          onChange={event => change?.(needed(variable, event.currentTarget.checked))}
          disabled={readOnly}
        />
        <SaidInput
          label={say("prompt")}
          hint={say("promptHint")}
          value={saidIn(variable as Record<string, unknown>, "prompt")}
          set={prompt => set({ prompt })}
          usual={usual}
          lines={2}
          maxLength={2000}
          readOnly={readOnly}
        />
        <TextInput
          label={say("default")}
          description={say("defaultHint")}
          value={shownDefault(variable.default)}
          onChange={event => set({ default: event.currentTarget.value })}
          readOnly={readOnly}
        />
        <TagsInput
          label={say("choices")}
          description={say("choicesHint")}
          value={variable.choices ?? []}
          onChange={choices => set({ choices })}
          readOnly={readOnly}
        />
        <NumberInput
          label={say("maxLength")}
          value={variable.max_length ?? ""}
          onChange={value => set({ max_length: typeof value === "number" ? value : null })}
          min={1}
          allowDecimal={false}
          readOnly={readOnly}
        />
        {type === "text" && (
          <Switch
            label={say("allowEmpty")}
            checked={variable.allow_empty === true}
            onChange={event => set({ allow_empty: event.currentTarget.checked })}
            disabled={readOnly}
          />
        )}
        <Switch
          label={say("sensitiveLabel")}
          description={say("sensitiveHint")}
          checked={variable.sensitive === true}
          onChange={event => set({ sensitive: event.currentTarget.checked })}
          disabled={readOnly}
        />
        <Comparisons
          label={say("askWhen")}
          hint={say("askWhenHint")}
          value={comparisonsIn(variable as Record<string, unknown>, "ask_when")}
          change={change && (ask_when => set({ ask_when }))}
        />
        {type === "json" && <Schema value={variable.schema} set={change && (schema => set({ schema }))} />}
        <Group justify="flex-end">
          <Button onClick={close}>{say("done")}</Button>
        </Group>
      </Stack>
    </Drawer>
  );
}

/** The name is taken over when the field is left, so that half a name is never saved. */
function Name({
  value,
  others,
  rename,
}: {
  value: string;
  others: readonly string[];
  rename: ((to: string) => void) | undefined;
}) {
  const say = useTexts(settings);
  const [typed, setTyped] = useState(value);
  const wrong = !NAME.test(typed) ? say("nameWrong") : others.includes(typed) ? say("nameTaken") : null;
  const take = () => {
    if (!wrong && typed !== value) rename?.(typed);
  };
  return (
    <TextInput
      label={say("variableName")}
      description={say("variableNameHint", { braces: `{{${typed}}}` })}
      value={typed}
      onChange={event => setTyped(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={event => event.key === "Enter" && take()}
      error={wrong}
      readOnly={!rename}
      data-autofocus
    />
  );
}

type Schemed = DraftVariable["schema"];

function Schema({ value, set }: { value: Schemed; set: ((schema: Schemed) => void) | undefined }) {
  const say = useTexts(settings);
  const [typed, setTyped] = useState(() => (value ? JSON.stringify(value, null, 2) : ""));
  const [wrong, setWrong] = useState(false);
  const take = (text: string) => {
    setTyped(text);
    const read = text.trim() ? parsed(text) : null;
    setWrong(read === undefined);
    if (read !== undefined) set?.(read);
  };
  return (
    <div>
      <Text fz="sm" fw={500}>
        {say("schema")}
      </Text>
      <Text fz="xs" c="dimmed" mb={4}>
        {say("schemaHint")}
      </Text>
      <CodeEditor label={say("schema")} language="json" value={typed} onChange={take} readOnly={!set} />
      {wrong && (
        <Text role="alert" fz="xs" c="var(--mantine-color-error)">
          {say("schemaWrong")}
        </Text>
      )}
    </div>
  );
}

function parsed(text: string): Schemed | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Schemed) : undefined;
  } catch {
    return undefined; // still being written
  }
}

/** `required` is true where it is left out. */
function needed(variable: DraftVariable, required: boolean): DraftVariable {
  const { required: _, ...rest } = variable;
  return required ? rest : { ...rest, required: false };
}

function shownDefault(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

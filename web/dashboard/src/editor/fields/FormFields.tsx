/** The fields of a form that the customer fills in. */

import {
  ActionIcon,
  Button,
  Card,
  Collapse,
  Group,
  JsonInput,
  NumberInput,
  Select,
  Stack,
  Switch,
  TagsInput,
  Text,
  TextInput,
} from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconChevronDown, IconPlus, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useTexts } from "../../i18n/language";
import { Comparisons } from "./ComparisonsField";
import { useField } from "./context";
import { Labelled } from "./Labelled";
import { isRecord } from "./PairsField";
import { SayText } from "./SayField";
import { fieldTexts } from "./texts";
import { fromTyped, TYPES } from "./values";

type One = Readonly<Record<string, unknown>>;

/** optional: whether there may be none of them. */
export function FormFields({ optional = false }: { optional?: boolean }) {
  const say = useTexts(fieldTexts);
  const field = useField("fields", !optional);
  const all = Array.isArray(field.value) ? field.value.filter(isRecord) : [];
  const put = (next: readonly One[]) => field.set(optional && next.length === 0 ? undefined : next);
  const swap = (at: number, other: number) => {
    const next = [...all];
    const [one, two] = [next[at], next[other]];
    if (!one || !two) return;
    [next[at], next[other]] = [two, one];
    put(next);
  };
  const free = () => {
    const names = new Set(all.map(one => one.name));
    let number = all.length + 1;
    while (names.has(`field_${number}`)) number += 1;
    return `field_${number}`;
  };
  return (
    <Labelled name="fields" label={say("formFields")} required={!optional} error={field.error}>
      {() => (
        <Stack gap={6}>
          {all.map((one, at) => (
            <FieldCard
              // biome-ignore lint/suspicious/noArrayIndexKey: a field keeps its place while its name is being typed
              key={at}
              value={one}
              locked={field.locked}
              set={next => put(all.map((other, place) => (place === at ? without(next) : other)))}
              remove={optional || all.length > 1 ? () => put(all.filter((_, place) => place !== at)) : undefined}
              up={at > 0 ? () => swap(at, at - 1) : undefined}
              down={at < all.length - 1 ? () => swap(at, at + 1) : undefined}
            />
          ))}
          {!field.locked && (
            <Button
              variant="default"
              size="compact-sm"
              w="fit-content"
              leftSection={<IconPlus size={14} />}
              onClick={() => put([...all, { name: free() }])}
            >
              {say("addField")}
            </Button>
          )}
        </Stack>
      )}
    </Labelled>
  );
}

function without(value: One): One {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined && one !== ""));
}

interface CardProps {
  readonly value: One;
  readonly locked: boolean;
  readonly set: (value: One) => void;
  readonly remove?: () => void;
  readonly up?: () => void;
  readonly down?: () => void;
}

function FieldCard({ value, locked, set, remove, up, down }: CardProps) {
  const say = useTexts(fieldTexts);
  const [open, setOpen] = useState(false);
  const name = String(value.name ?? "");
  return (
    <Card withBorder p="xs" radius="md">
      <Group gap={4} wrap="nowrap">
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          onClick={() => setOpen(!open)}
          aria-expanded={open}
          leftSection={<IconChevronDown size={14} />}
        >
          {name}
        </Button>
        <Text fz="xs" c="dimmed" style={{ flex: 1 }}>
          {String(value.type ?? "text")}
        </Text>
        {!locked && (
          <>
            <ActionIcon aria-label={say("up")} disabled={!up} onClick={up}>
              <IconArrowUp size={15} />
            </ActionIcon>
            <ActionIcon aria-label={say("down")} disabled={!down} onClick={down}>
              <IconArrowDown size={15} />
            </ActionIcon>
            <ActionIcon aria-label={say("removeNamed", { name })} disabled={!remove} onClick={remove}>
              <IconTrash size={15} />
            </ActionIcon>
          </>
        )}
      </Group>
      <Collapse expanded={open}>{open && <FieldDetails value={value} locked={locked} set={set} />}</Collapse>
    </Card>
  );
}

function FieldDetails({ value, locked, set }: Pick<CardProps, "value" | "locked" | "set">) {
  const say = useTexts(fieldTexts);
  const put = (fields: One) => set({ ...value, ...fields });
  const text = (name: string, label: string) => (
    <TextInput
      label={label}
      value={typeof value[name] === "string" ? String(value[name]) : ""}
      readOnly={locked}
      onChange={event => put({ [name]: event.currentTarget.value })}
    />
  );
  return (
    <Stack gap="xs" pt="xs">
      {text("name", say("variable"))}
      <Select
        label={say("type")}
        data={TYPES.map(type => ({ value: type, label: say(`type_${type}`) }))}
        value={String(value.type ?? "text")}
        allowDeselect={false}
        readOnly={locked}
        onChange={type => put({ type: type === "text" ? undefined : type })}
      />
      <Labelled name="label" label={say("label")}>
        {() => <SayText label={say("label")} value={value.label} set={label => put({ label })} singleLine />}
      </Labelled>
      {text("placeholder", say("placeholder"))}
      {text("description", say("fieldDescription"))}
      {text("example", say("example"))}
      <TagsInput
        label={say("choices")}
        value={Array.isArray(value.choices) ? value.choices.map(String) : []}
        readOnly={locked}
        acceptValueOnBlur
        onChange={choices => put({ choices: choices.length > 0 ? choices : undefined })}
      />
      <TextInput
        label={say("default")}
        value={value.default === undefined || value.default === null ? "" : String(value.default)}
        readOnly={locked}
        onChange={event =>
          put({ default: event.currentTarget.value === "" ? undefined : fromTyped(event.currentTarget.value) })
        }
      />
      <NumberInput
        label={say("maxLength")}
        value={typeof value.max_length === "number" ? value.max_length : ""}
        min={1}
        max={10_000}
        readOnly={locked}
        onChange={most => put({ max_length: typeof most === "number" ? most : undefined })}
      />
      <Flag name="required" label={say("required")} byDefault value={value} locked={locked} put={put} />
      <Flag name="allow_empty" label={say("allowEmpty")} value={value} locked={locked} put={put} />
      <Flag name="sensitive" label={say("sensitive")} value={value} locked={locked} put={put} />
      <Labelled name="prompt" label={say("prompt")}>
        {() => <SayText label={say("prompt")} value={value.prompt} set={prompt => put({ prompt })} />}
      </Labelled>
      <Labelled name="ask_when" label={say("askWhen")}>
        {() => (
          <Comparisons
            label={say("askWhen")}
            value={value.ask_when}
            set={ask_when => put({ ask_when })}
            locked={locked}
          />
        )}
      </Labelled>
      {value.type === "json" && (
        <JsonInput
          label={say("jsonSchema")}
          defaultValue={value.schema ? JSON.stringify(value.schema, null, 2) : ""}
          validationError={say("notJson")}
          autosize
          readOnly={locked}
          onChange={typed => put({ schema: readObject(typed, value.schema) })}
        />
      )}
    </Stack>
  );
}

function readObject(text: string, before: unknown): unknown {
  if (text.trim() === "") return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : before;
  } catch {
    return before; // it is being typed
  }
}

interface FlagProps {
  readonly name: string;
  readonly label: string;
  readonly byDefault?: boolean;
  readonly value: One;
  readonly locked: boolean;
  readonly put: (fields: One) => void;
}

function Flag({ name, label, byDefault = false, value, locked, put }: FlagProps) {
  const on = typeof value[name] === "boolean" ? Boolean(value[name]) : byDefault;
  return (
    <Switch
      label={label}
      checked={on}
      disabled={locked}
      onChange={event =>
        put({ [name]: event.currentTarget.checked === byDefault ? undefined : event.currentTarget.checked })
      }
    />
  );
}

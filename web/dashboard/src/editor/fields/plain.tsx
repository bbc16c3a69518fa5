/** Fields of a step that hold one plain value. */

import { NumberInput, Select, Switch, TagsInput, TextInput } from "@mantine/core";
import { useField } from "./context";

interface Named {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly required?: boolean;
}

const asText = (value: unknown) => (typeof value === "string" ? value : "");

/** A text without placeholders: a name, an example. */
export function PlainField({
  name,
  label,
  hint,
  required,
  mono,
  placeholder,
}: Named & { mono?: boolean; placeholder?: string }) {
  const field = useField(name, required);
  return (
    <TextInput
      data-field={name}
      label={label}
      description={hint}
      withAsterisk={required}
      placeholder={placeholder}
      value={asText(field.value)}
      readOnly={field.locked}
      error={field.error}
      styles={mono ? { input: { fontFamily: "var(--mantine-font-family-monospace)" } } : undefined}
      spellCheck={!mono}
      autoComplete="off"
      onChange={event => field.set(event.currentTarget.value)}
    />
  );
}

interface Chosen extends Named {
  readonly options: readonly { readonly value: string; readonly label: string }[];
  /** What stands there when nothing was chosen. */
  readonly otherwise?: string;
  /** The value that leaving it out means. */
  readonly byDefault?: string;
  readonly search?: boolean;
}

/** One of several. */
export function ChoiceField({ name, label, hint, required, options, otherwise, byDefault, search }: Chosen) {
  const field = useField(name, required);
  const value = asText(field.value) || byDefault || null;
  const known = value === null || options.some(one => one.value === value);
  const data = known ? [...options] : [...options, { value, label: value }];
  return (
    <Select
      data-field={name}
      label={label}
      description={hint}
      withAsterisk={required}
      data={data}
      value={value}
      placeholder={otherwise}
      clearable={!required && byDefault === undefined}
      searchable={search}
      readOnly={field.locked}
      allowDeselect={false}
      error={field.error}
      onChange={chosen => field.set(chosen === null || chosen === byDefault ? undefined : chosen)}
    />
  );
}

/** Yes or no. */
export function SwitchField({ name, label, hint, byDefault = false }: Named & { byDefault?: boolean }) {
  const field = useField(name);
  const on = typeof field.value === "boolean" ? field.value : byDefault;
  return (
    <Switch
      data-field={name}
      label={label}
      description={hint}
      checked={on}
      disabled={field.locked}
      error={field.error}
      onChange={event => field.set(event.currentTarget.checked === byDefault ? undefined : event.currentTarget.checked)}
    />
  );
}

/** A number; without one, the default holds. */
export function NumberField({
  name,
  label,
  hint,
  byDefault,
  min,
  max,
}: Named & { byDefault: number; min: number; max: number }) {
  const field = useField(name);
  return (
    <NumberInput
      data-field={name}
      label={label}
      description={hint}
      value={typeof field.value === "number" ? field.value : ""}
      placeholder={String(byDefault)}
      min={min}
      max={max}
      readOnly={field.locked}
      error={field.error}
      onChange={value => field.set(typeof value === "number" ? value : undefined)}
    />
  );
}

/** A list of short texts. */
export function TextsField({ name, label, hint }: Named) {
  const field = useField(name);
  const value = Array.isArray(field.value) ? field.value.map(String) : [];
  return (
    <TagsInput
      data-field={name}
      label={label}
      description={hint}
      value={value}
      readOnly={field.locked}
      error={field.error}
      splitChars={["\n"]}
      acceptValueOnBlur
      onChange={texts => field.set(texts.length > 0 ? texts : undefined)}
    />
  );
}

/** A list of HTTP statuses. */
export function StatusesField({ name, label, hint }: Named) {
  const field = useField(name);
  const value = Array.isArray(field.value) ? field.value.map(String) : [];
  return (
    <TagsInput
      data-field={name}
      label={label}
      description={hint}
      value={value}
      readOnly={field.locked}
      error={field.error}
      acceptValueOnBlur
      onChange={texts => {
        const numbers = texts.map(Number).filter(one => Number.isInteger(one) && one > 99 && one < 600);
        field.set(numbers.length > 0 ? numbers : undefined);
      }}
    />
  );
}

/** Follows a default that depends on something else, unless it is set: yes, no, by itself. */
export function ThreeWayField({
  name,
  label,
  hint,
  words,
}: Named & { words: readonly [auto: string, yes: string, no: string] }) {
  const field = useField(name);
  const value = field.value === true ? "yes" : field.value === false ? "no" : "auto";
  return (
    <Select
      data-field={name}
      label={label}
      description={hint}
      data={[
        { value: "auto", label: words[0] },
        { value: "yes", label: words[1] },
        { value: "no", label: words[2] },
      ]}
      value={value}
      readOnly={field.locked}
      allowDeselect={false}
      error={field.error}
      onChange={chosen => field.set(chosen === "auto" ? undefined : chosen === "yes")}
    />
  );
}

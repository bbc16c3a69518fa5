import { Combobox, Group, ScrollArea, Text, Textarea, TextInput, useCombobox } from "@mantine/core";
import { type KeyboardEvent, type ReactNode, type Ref, useRef, useState } from "react";
import type { Nameable } from "../editing";

interface Props {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** What `{{` completes. */
  readonly nameable: readonly Nameable[];
  readonly hideLabel?: boolean;
  readonly description?: ReactNode;
  readonly placeholder?: string;
  readonly error?: ReactNode;
  readonly disabled?: boolean;
  readonly required?: boolean;
  readonly multiline?: boolean;
  readonly mono?: boolean;
  readonly left?: ReactNode;
  readonly onPaste?: (event: React.ClipboardEvent) => void;
}

const OPEN = /\{\{\s*([\w.]*)$/;

/** A text with placeholders: after `{{` it offers what can be named. */
export function TemplateInput(props: Props) {
  const { label, value, onChange, nameable, multiline } = props;
  const input = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const combobox = useCombobox();
  const found = typed === null ? [] : nameable.filter(one => one.value.includes(typed)).slice(0, 30);
  const look = () => {
    const { selectionStart, value: text = "" } = input.current ?? {};
    const name = OPEN.exec(text.slice(0, selectionStart ?? 0))?.[1] ?? null;
    setTyped(name);
    if (name === null) combobox.closeDropdown();
    else {
      combobox.openDropdown();
      combobox.selectFirstOption();
    }
  };
  const choose = (chosen: string) => {
    const at = input.current?.selectionStart ?? value.length;
    const before = value.slice(0, at).replace(OPEN, `{{${chosen}}}`);
    const rest = value.slice(at).replace(/^\s*\}\}/, "");
    onChange(before + rest);
    combobox.closeDropdown();
    setTyped(null);
    requestAnimationFrame(() => input.current?.setSelectionRange(before.length, before.length));
  };
  const field = {
    ref: input as Ref<never>,
    label: props.hideLabel ? undefined : label,
    "aria-label": props.hideLabel ? label : undefined,
    description: props.description,
    placeholder: props.placeholder,
    error: props.error,
    disabled: props.disabled,
    withAsterisk: props.required,
    value,
    onChange: (event: { currentTarget: { value: string } }) => {
      onChange(event.currentTarget.value);
      look();
    },
    onBlur: () => combobox.closeDropdown(),
    onPaste: props.onPaste,
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== "Escape" || !combobox.dropdownOpened) return;
      event.stopPropagation();
      combobox.closeDropdown();
    },
    styles: props.mono ? { input: { fontFamily: "var(--mantine-font-family-monospace)" } } : undefined,
    leftSection: props.left,
    spellCheck: props.mono ? false : undefined,
  };
  return (
    <Combobox store={combobox} onOptionSubmit={choose} withinPortal position="bottom-start" width={320}>
      <Combobox.Target withKeyboardNavigation={combobox.dropdownOpened && found.length > 0}>
        {multiline ? <Textarea autosize minRows={2} maxRows={8} {...field} /> : <TextInput {...field} />}
      </Combobox.Target>
      <Combobox.Dropdown hidden={found.length === 0}>
        <Combobox.Options>
          <ScrollArea.Autosize mah={240} type="scroll">
            {found.map(one => (
              <Combobox.Option key={one.value} value={one.value}>
                <Group justify="space-between" gap="xs" wrap="nowrap">
                  <Text span ff="monospace" fz="sm">
                    {one.value}
                  </Text>
                  <Text span fz="xs" c="dimmed">
                    {one.detail}
                  </Text>
                </Group>
              </Combobox.Option>
            ))}
          </ScrollArea.Autosize>
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

/** A text that customers read: one, or one for each language. */

import { ActionIcon, Button, Group, Menu, Stack, Text } from "@mantine/core";
import { IconLanguage, IconX } from "@tabler/icons-react";
import { useTexts } from "../../i18n/language";
import { useField, useStepForm } from "./context";
import { Labelled } from "./Labelled";
import { TemplateText } from "./TemplateField";
import { fieldTexts } from "./texts";

interface Props {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly required?: boolean;
  readonly singleLine?: boolean;
}

/** What customers may be spoken to in; any other one can be written as YAML. */
const OFFERED = ["en", "de", "fr", "es", "it", "nl", "pl", "pt"] as const;

export function SayField({ name, label, hint, required, singleLine }: Props) {
  const field = useField(name, required);
  const { locked } = useStepForm();
  return (
    <Labelled
      name={name}
      label={label}
      hint={hint}
      required={required}
      error={field.error}
      beside={
        !locked && <AddLanguage value={field.value} add={language => field.set(inLanguageToo(field.value, language))} />
      }
    >
      {describedBy => (
        <SayText
          label={label}
          value={field.value}
          set={field.set}
          singleLine={singleLine}
          invalid={field.error !== null}
          describedBy={describedBy}
        />
      )}
    </Labelled>
  );
}

interface TextProps {
  readonly label: string;
  readonly value: unknown;
  readonly set: (value: unknown) => void;
  readonly singleLine?: boolean;
  readonly invalid?: boolean;
  readonly describedBy?: string;
}

/** One text, or one below the other for each language. */
export function SayText({ label, value, set, ...rest }: TextProps) {
  if (!isByLanguage(value)) {
    return <TemplateText {...rest} label={label} value={typeof value === "string" ? value : ""} onChange={set} />;
  }
  return (
    <Stack gap={6}>
      {Object.entries(value).map(([language, text]) => (
        <div key={language}>
          <Group justify="space-between" gap={4}>
            <Text fz="xs" c="dimmed">
              {language}
            </Text>
            <Remove language={language} value={value} set={set} />
          </Group>
          <TemplateText
            {...rest}
            label={`${label} (${language})`}
            value={String(text)}
            onChange={changed => set({ ...value, [language]: changed })}
          />
        </div>
      ))}
    </Stack>
  );
}

function Remove({ language, value, set }: { language: string; value: ByLanguage; set: (value: unknown) => void }) {
  const say = useTexts(fieldTexts);
  const { locked } = useStepForm();
  if (locked) return null;
  const remove = () => {
    const { [language]: _, ...rest } = value;
    const left = Object.entries(rest);
    set(left.length === 1 ? left[0]?.[1] : rest);
  };
  return (
    <ActionIcon size="xs" aria-label={say("removeLanguage", { language })} onClick={remove}>
      <IconX size={12} />
    </ActionIcon>
  );
}

/** Offers the languages that a text does not have yet. */
export function AddLanguage({ value, add }: { value: unknown; add: (language: string) => void }) {
  const say = useTexts(fieldTexts);
  const there = isByLanguage(value) ? Object.keys(value) : ["en"];
  const left = OFFERED.filter(one => !there.includes(one));
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="subtle" color="gray" size="compact-xs" leftSection={<IconLanguage size={13} />}>
          {say("addLanguage")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {left.map(language => (
          <Menu.Item key={language} onClick={() => add(language)}>
            {language}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** A text with room for one in another language. */
export function inLanguageToo(value: unknown, language: string): ByLanguage {
  if (!isByLanguage(value)) return { en: typeof value === "string" ? value : "", [language]: "" };
  return { ...value, [language]: value[language] ?? "" };
}

type ByLanguage = Readonly<Record<string, unknown>>;

export function isByLanguage(value: unknown): value is ByLanguage {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

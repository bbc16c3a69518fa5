import { Button, Group, Stack, Text } from "@mantine/core";
import { IconLanguage } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTexts } from "../../../i18n/language";
import { LANGUAGES } from "../../../i18n/texts";
import { type Nameable, useEditing } from "../editing";
import type { Words } from "../model";
import classes from "./fields.module.css";
import { TemplateInput } from "./TemplateInput";
import { fields } from "./texts";

interface Props {
  readonly label: string;
  readonly value: Words | null | undefined;
  readonly onChange: (value: Words | null) => void;
  readonly description?: ReactNode;
  readonly placeholder?: string;
  readonly error?: ReactNode;
  /** What can be named beside the usual: `response`, `status`. */
  readonly also?: readonly Nameable[];
  readonly multiline?: boolean;
  readonly required?: boolean;
}

/** What a customer reads: one text, or one per language. */
export function WordsInput({ label, value, onChange, also = [], multiline = true, ...rest }: Props) {
  const say = useTexts(fields);
  const { nameable, locked } = useEditing();
  const names = [...also, ...nameable.filter(one => !one.value.startsWith("secrets."))];
  const several = typeof value === "object" && value !== null;
  const codes = several ? [...new Set([...Object.keys(LANGUAGES), ...Object.keys(value)])] : [];
  const shared = { nameable: names, disabled: locked, multiline, placeholder: rest.placeholder };
  const split = () => onChange({ en: typeof value === "string" ? value : "" });
  const join = () => onChange(several ? (value.en ?? Object.values(value)[0] ?? "") : (value ?? null));
  return (
    <Stack gap={4}>
      {!several && (
        <TemplateInput
          {...shared}
          label={label}
          description={rest.description}
          error={rest.error}
          required={rest.required}
          value={typeof value === "string" ? value : ""}
          onChange={text => onChange(text || null)}
        />
      )}
      {several && (
        <fieldset aria-label={label} className={classes.plain}>
          <Text fz="sm" fw={500}>
            {label}
          </Text>
          {rest.description && (
            <Text fz="xs" c="dimmed">
              {rest.description}
            </Text>
          )}
          {codes.map(code => (
            <TemplateInput
              key={code}
              {...shared}
              label={LANGUAGES[code as keyof typeof LANGUAGES] ?? code}
              value={value[code] ?? ""}
              onChange={text => onChange(without({ ...value, [code]: text }))}
            />
          ))}
        </fieldset>
      )}
      {!locked && (
        <Group>
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            leftSection={<IconLanguage size={13} />}
            onClick={several ? join : split}
            aria-label={`${label}: ${say(several ? "oneLanguage" : "languages")}`}
          >
            {say(several ? "oneLanguage" : "languages")}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function without(words: Readonly<Record<string, string>>): Words {
  const kept = Object.entries(words).filter(([, text]) => text !== "");
  return kept.length ? Object.fromEntries(kept) : { en: "" };
}

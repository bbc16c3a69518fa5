/** A text that customers read, to be typed: one, or one for each language. */

import { ActionIcon, Button, Group, Input, Menu, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { IconLanguage, IconX } from "@tabler/icons-react";
import { type ReactNode, useId } from "react";
import { useLanguage, useTexts } from "../i18n/language";
import { OFFERED, type Said } from "./byLanguage";
import { said } from "./saidTexts";

interface Props {
  readonly label: string;
  readonly hint?: ReactNode;
  /** Whether the label is for those only who cannot see it. */
  readonly unlabelled?: boolean;
  readonly value: Said;
  readonly set: (value: Said) => void;
  /** The language of a plain text, once another one stands beside it. */
  readonly usual: string;
  /** More than one make it grow with what is typed. */
  readonly lines?: number;
  readonly maxLength: number;
  readonly placeholder?: string;
  readonly readOnly?: boolean;
}

export function SaidInput(props: Props) {
  const { label, hint, unlabelled, value, set, usual, readOnly } = props;
  const say = useTexts(said);
  const id = useId();
  const plain = typeof value === "string";
  const versions = plain ? [] : Object.entries(value);
  const there = plain ? [usual] : versions.map(([language]) => language);
  const add = (language: string) => set({ ...(plain ? { [usual]: value } : value), [language]: "" });
  const remove = (language: string) => {
    const rest = versions.filter(([one]) => one !== language);
    set(rest.length === 1 ? (rest[0]?.[1] ?? "") : Object.fromEntries(rest));
  };
  const languages = !readOnly && <AddLanguage label={label} small={unlabelled} there={there} add={add} />;
  return (
    <div>
      {!unlabelled && (
        <Group justify="space-between" gap={8} wrap="nowrap">
          <Input.Label htmlFor={plain ? id : undefined} labelElement={plain ? "label" : "div"}>
            {label}
          </Input.Label>
          {languages}
        </Group>
      )}
      {hint && (
        <Input.Description mb={4} id={`${id}-hint`}>
          {hint}
        </Input.Description>
      )}
      <Group gap={4} wrap="nowrap" align="flex-start">
        <Stack gap={6} flex={1} miw={0}>
          {plain ? (
            <Typed {...props} id={id} aria={unlabelled ? label : undefined} text={value} type={set} />
          ) : (
            versions.map(([language, text]) => (
              <Group key={language} gap={4} wrap="nowrap" align="flex-start">
                <Text fz="xs" c="dimmed" w={24} pt={9} aria-hidden>
                  {language}
                </Text>
                <Typed
                  {...props}
                  aria={say("version", { label, language })}
                  text={text}
                  type={changed => set({ ...value, [language]: changed })}
                />
                {!readOnly && (
                  <ActionIcon mt={4} aria-label={say("remove", { label, language })} onClick={() => remove(language)}>
                    <IconX size={14} />
                  </ActionIcon>
                )}
              </Group>
            ))
          )}
        </Stack>
        {unlabelled && languages}
      </Group>
    </div>
  );
}

interface TypedProps extends Props {
  readonly id?: string;
  readonly aria?: string;
  readonly text: string;
  readonly type: (text: string) => void;
}

function Typed({ id, aria, text, type, lines = 1, maxLength, placeholder, readOnly }: TypedProps) {
  const shared = { id, value: text, maxLength, placeholder, readOnly, flex: 1, miw: 0, "aria-label": aria };
  if (lines === 1) return <TextInput {...shared} onChange={event => type(event.currentTarget.value)} />;
  return (
    <Textarea {...shared} autosize minRows={lines} maxRows={10} onChange={event => type(event.currentTarget.value)} />
  );
}

interface AddProps {
  readonly label: string;
  readonly small?: boolean;
  readonly there: readonly string[];
  readonly add: (language: string) => void;
}

function AddLanguage({ label, small, there, add }: AddProps) {
  const say = useTexts(said);
  const { language } = useLanguage();
  const names = new Intl.DisplayNames(language, { type: "language" });
  const left = OFFERED.filter(one => !there.includes(one));
  if (!left.length) return null;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        {small ? (
          <ActionIcon mt={4} aria-label={say("addTo", { label })}>
            <IconLanguage size={16} />
          </ActionIcon>
        ) : (
          <Button
            variant="subtle"
            color="gray"
            c="dimmed"
            fw={400}
            size="compact-xs"
            flex="none"
            leftSection={<IconLanguage size={13} />}
            aria-label={say("addTo", { label })}
          >
            {say("add")}
          </Button>
        )}
      </Menu.Target>
      <Menu.Dropdown>
        {left.map(one => (
          <Menu.Item key={one} onClick={() => add(one)}>
            {names.of(one)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** A field that holds names with a text each: headers, arguments, messages. */

import { ActionIcon, Autocomplete, Button, Group, Stack } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useTexts } from "../../i18n/language";
import { useField } from "./context";
import { Labelled } from "./Labelled";
import { SayText } from "./SayField";
import { TemplateText } from "./TemplateField";
import { fieldTexts } from "./texts";

interface Props {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly nameLabel: string;
  readonly valueLabel: string;
  /** Names that are offered. */
  readonly offered?: readonly string[];
  /** Whether each text may be one for each language. */
  readonly spoken?: boolean;
}

export function PairsField({ name, label, hint, nameLabel, valueLabel, offered, spoken }: Props) {
  const say = useTexts(fieldTexts);
  const field = useField(name);
  const pairs = Object.entries(isRecord(field.value) ? field.value : {});
  const [adding, setAdding] = useState(false);
  const put = (next: readonly (readonly [string, unknown])[]) =>
    field.set(next.length > 0 ? Object.fromEntries(next) : undefined);
  const renamed = (at: number, to: string) => {
    if (to === "" || pairs.some(([one], other) => one === to && other !== at)) return;
    put(pairs.map((pair, other) => (other === at ? [to, pair[1]] : pair)));
  };
  const changed = (at: number, value: unknown) =>
    put(pairs.map((pair, other) => (other === at ? [pair[0], value ?? ""] : pair)));
  return (
    <Labelled name={name} label={label} hint={hint} error={field.error}>
      {() => (
        <Stack gap={6}>
          {pairs.map(([key, value], at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a pair keeps its place while its name is being changed
            <Group key={at} gap={6} wrap="nowrap" align="flex-start">
              <NameInput
                label={nameLabel}
                value={key}
                offered={offered}
                locked={field.locked}
                done={to => renamed(at, to)}
              />
              <div style={{ flex: 1, minWidth: 0 }}>
                {spoken ? (
                  <SayText label={`${valueLabel}: ${key}`} value={value} set={next => changed(at, next)} />
                ) : (
                  <TemplateText
                    label={`${valueLabel}: ${key}`}
                    value={typeof value === "string" ? value : JSON.stringify(value)}
                    onChange={next => changed(at, next)}
                    singleLine
                  />
                )}
              </div>
              {!field.locked && (
                <ActionIcon
                  mt={4}
                  aria-label={say("removeNamed", { name: key })}
                  onClick={() => put(pairs.filter((_, other) => other !== at))}
                >
                  <IconTrash size={15} />
                </ActionIcon>
              )}
            </Group>
          ))}
          {adding && (
            <NameInput
              label={nameLabel}
              value=""
              offered={offered}
              locked={false}
              autoFocus
              done={to => {
                setAdding(false);
                if (to && !pairs.some(([one]) => one === to)) put([...pairs, [to, ""]]);
              }}
            />
          )}
          {!field.locked && !adding && (
            <Button
              variant="default"
              size="compact-sm"
              w="fit-content"
              leftSection={<IconPlus size={14} />}
              aria-label={say("addTo", { label })}
              onClick={() => setAdding(true)}
            >
              {say("add")}
            </Button>
          )}
        </Stack>
      )}
    </Labelled>
  );
}

interface NameProps {
  readonly label: string;
  readonly value: string;
  readonly offered?: readonly string[];
  readonly locked: boolean;
  readonly autoFocus?: boolean;
  readonly done: (value: string) => void;
}

/** A name that counts once it has been typed to its end. */
function NameInput({ label, value, offered, locked, autoFocus, done }: NameProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const end = () => {
    if (typed !== null || autoFocus) done((typed ?? "").trim());
    setTyped(null);
  };
  return (
    <Autocomplete
      w={130}
      aria-label={label}
      placeholder={label}
      data={offered ? [...offered] : []}
      value={typed ?? value}
      readOnly={locked}
      autoFocus={autoFocus}
      spellCheck={false}
      onChange={setTyped}
      onBlur={end}
      onKeyDown={event => event.key === "Enter" && end()}
      onOptionSubmit={chosen => {
        setTyped(null);
        done(chosen);
      }}
    />
  );
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

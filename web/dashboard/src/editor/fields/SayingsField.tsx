/** A list of texts that customers read: each one, or one for each language. */

import { ActionIcon, Button, Group, Stack } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from "@tabler/icons-react";
import { useTexts } from "../../i18n/language";
import { useField } from "./context";
import { Labelled } from "./Labelled";
import { AddLanguage, inLanguageToo, SayText } from "./SayField";
import { fieldTexts } from "./texts";

interface Props {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly one: (number: number) => string;
  readonly most: number;
}

export function SayingsField({ name, label, hint, one, most }: Props) {
  const say = useTexts(fieldTexts);
  const field = useField(name, true);
  const all: readonly unknown[] = Array.isArray(field.value) ? field.value : [];
  const put = (next: readonly unknown[]) => field.set(next);
  const swap = (at: number, other: number) => {
    const next = [...all];
    [next[at], next[other]] = [next[other], next[at]];
    put(next);
  };
  return (
    <Labelled
      name={name}
      label={label}
      hint={hint}
      required
      error={field.error}
      beside={
        !field.locked && (
          <AddLanguage value={all[0]} add={language => put(all.map(value => inLanguageToo(value, language)))} />
        )
      }
    >
      {() => (
        <Stack gap={6}>
          {all.map((value, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a text keeps its place while it is being typed
            <Group key={at} gap={4} wrap="nowrap" align="flex-start">
              <div style={{ flex: 1, minWidth: 0 }}>
                <SayText
                  label={one(at + 1)}
                  value={value}
                  set={next => put(all.map((other, place) => (place === at ? (next ?? "") : other)))}
                  singleLine
                />
              </div>
              {!field.locked && (
                <>
                  <ActionIcon mt={4} aria-label={say("up")} disabled={at === 0} onClick={() => swap(at, at - 1)}>
                    <IconArrowUp size={15} />
                  </ActionIcon>
                  <ActionIcon
                    mt={4}
                    aria-label={say("down")}
                    disabled={at === all.length - 1}
                    onClick={() => swap(at, at + 1)}
                  >
                    <IconArrowDown size={15} />
                  </ActionIcon>
                  <ActionIcon
                    mt={4}
                    aria-label={say("removeNamed", { name: one(at + 1) })}
                    disabled={all.length === 1}
                    onClick={() => put(all.filter((_, place) => place !== at))}
                  >
                    <IconTrash size={15} />
                  </ActionIcon>
                </>
              )}
            </Group>
          ))}
          {!field.locked && all.length < most && (
            <Button
              variant="default"
              size="compact-sm"
              w="fit-content"
              leftSection={<IconPlus size={14} />}
              aria-label={say("addTo", { label })}
              onClick={() => put([...all, ""])}
            >
              {say("add")}
            </Button>
          )}
        </Stack>
      )}
    </Labelled>
  );
}

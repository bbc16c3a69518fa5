/** The pages of a flow: title, text, a picture, and what is to be filled in. */

import { ActionIcon, Button, Card, Checkbox, Collapse, Group, Stack, Text } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconChevronDown, IconPlus, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useTexts } from "../../i18n/language";
import { FormFields, fieldTexts, Inside, InsideEntry, isRecord, SayField, TemplateField, useField } from "../fields";
import { oneLine } from "./shorten";
import { stepTexts } from "./texts";

const MOST = 20;

export function Pages() {
  const say = useTexts(stepTexts);
  const field = useField("pages", true);
  const pages: readonly unknown[] = Array.isArray(field.value) ? field.value : [];
  const put = (next: readonly unknown[]) => field.set(next);
  const swap = (at: number, other: number) => {
    const next = [...pages];
    [next[at], next[other]] = [next[other], next[at]];
    put(next);
  };
  return (
    <Stack gap={6} data-field="pages">
      {pages.map((page, at) => (
        <InsideEntry
          // biome-ignore lint/suspicious/noArrayIndexKey: a page keeps its place while it is being written
          key={at}
          name="pages"
          at={at}
        >
          <PageCard
            number={at + 1}
            title={isRecord(page) ? oneLine(page.title) || oneLine(page.text) : ""}
            begun={pages.length === 1}
            locked={field.locked}
            remove={pages.length > 1 ? () => put(pages.filter((_, place) => place !== at)) : undefined}
            up={at > 0 ? () => swap(at, at - 1) : undefined}
            down={at < pages.length - 1 ? () => swap(at, at + 1) : undefined}
          />
        </InsideEntry>
      ))}
      {!field.locked && pages.length < MOST && (
        <Button
          variant="default"
          size="compact-sm"
          w="fit-content"
          leftSection={<IconPlus size={14} />}
          onClick={() => put([...pages, { title: "" }])}
        >
          {say("addPage")}
        </Button>
      )}
    </Stack>
  );
}

interface CardProps {
  readonly number: number;
  readonly title: string;
  /** Whether it is open from the beginning. */
  readonly begun: boolean;
  readonly locked: boolean;
  readonly remove?: () => void;
  readonly up?: () => void;
  readonly down?: () => void;
}

function PageCard({ number, title, begun, locked, remove, up, down }: CardProps) {
  const say = useTexts(stepTexts);
  const sayField = useTexts(fieldTexts);
  const [open, setOpen] = useState(begun);
  const name = say("page", { number });
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
        <Text fz="xs" c="dimmed" truncate style={{ flex: 1 }}>
          {title}
        </Text>
        {!locked && (
          <>
            <ActionIcon aria-label={sayField("up")} disabled={!up} onClick={up}>
              <IconArrowUp size={15} />
            </ActionIcon>
            <ActionIcon aria-label={sayField("down")} disabled={!down} onClick={down}>
              <IconArrowDown size={15} />
            </ActionIcon>
            <ActionIcon aria-label={sayField("removeNamed", { name })} disabled={!remove} onClick={remove}>
              <IconTrash size={15} />
            </ActionIcon>
          </>
        )}
      </Group>
      <Collapse expanded={open}>{open && <PageFields />}</Collapse>
    </Card>
  );
}

function PageFields() {
  const say = useTexts(stepTexts);
  const image = useField("image");
  return (
    <Stack gap="xs" pt="xs">
      <SayField name="title" label={say("pageTitle")} singleLine />
      <SayField name="text" label={say("messageText")} />
      <Checkbox
        label={say("pageImage")}
        checked={isRecord(image.value)}
        disabled={image.locked}
        onChange={event => image.set(event.currentTarget.checked ? { url: "https://", alt: "" } : undefined)}
      />
      {isRecord(image.value) && (
        <Inside name="image">
          <TemplateField name="url" label={say("componentUrl")} hint={say("componentUrlHint")} required singleLine />
          <SayField name="alt" label={say("imageAlt")} hint={say("imageAltHint")} required singleLine />
        </Inside>
      )}
      <FormFields optional />
    </Stack>
  );
}

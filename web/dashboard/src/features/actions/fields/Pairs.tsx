import { ActionIcon, Button, Fieldset, Group, Text, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { type ReactNode, useRef, useState } from "react";
import { useTexts } from "../../../i18n/language";
import { useEditing } from "../editing";
import type { Pairs as Values } from "../model";
import { TemplateInput } from "./TemplateInput";
import { fields } from "./texts";

interface Row {
  readonly id: number;
  readonly name: string;
  readonly value: string;
}

interface Props {
  readonly title: string;
  readonly hint?: ReactNode;
  readonly values: Values | undefined;
  readonly onChange: (values: Values) => void;
  readonly example?: readonly [name: string, value: string];
}

/** Names with values, such as headers; a row without a name is kept while it is being typed. */
export function Pairs({ title, hint, values = {}, onChange, example }: Props) {
  const say = useTexts(fields);
  const { locked, nameable } = useEditing();
  const next = useRef(0);
  const fresh = (name: string, value: string): Row => ({ id: next.current++, name, value });
  const [rows, setRows] = useState<readonly Row[]>(() => Object.entries(values).map(([name, one]) => fresh(name, one)));
  const known = useRef(JSON.stringify(values));
  // what came from elsewhere, such as a pasted command, takes the place of the rows
  if (known.current !== JSON.stringify(values)) {
    known.current = JSON.stringify(values);
    setRows(Object.entries(values).map(([name, one]) => fresh(name, one)));
  }
  const keep = (rows: readonly Row[]) => {
    setRows(rows);
    const given = Object.fromEntries(rows.filter(row => row.name.trim()).map(row => [row.name.trim(), row.value]));
    known.current = JSON.stringify(given);
    onChange(given);
  };
  const change = (id: number, patch: Partial<Row>) =>
    keep(rows.map(row => (row.id === id ? { ...row, ...patch } : row)));
  return (
    <Fieldset legend={title} variant="unstyled">
      {hint && (
        <Text fz="xs" c="dimmed" mb={6}>
          {hint}
        </Text>
      )}
      {rows.map(row => (
        <Group key={row.id} gap="xs" mb={6} wrap="nowrap" align="flex-start">
          <TextInput
            aria-label={`${title}: ${say("key")}`}
            placeholder={example?.[0] ?? say("key")}
            value={row.name}
            onChange={event => change(row.id, { name: event.currentTarget.value })}
            disabled={locked}
            w="34%"
            spellCheck={false}
          />
          <div style={{ flex: 1, minWidth: 0 }}>
            <TemplateInput
              label={`${title}: ${say("value")}`}
              hideLabel
              placeholder={example?.[1] ?? say("value")}
              value={row.value}
              onChange={value => change(row.id, { value })}
              nameable={nameable}
              disabled={locked}
              mono
            />
          </div>
          {!locked && (
            <ActionIcon
              mt={4}
              aria-label={say("removeNamed", { name: row.name || say("removeRow") })}
              onClick={() => keep(rows.filter(one => one.id !== row.id))}
            >
              <IconX size={16} />
            </ActionIcon>
          )}
        </Group>
      ))}
      {!locked && (
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconPlus size={14} />}
          onClick={() => setRows([...rows, fresh("", "")])}
          aria-label={`${title}: ${say("add")}`}
        >
          {say("add")}
        </Button>
      )}
      {locked && rows.length === 0 && (
        <Text fz="sm" c="dimmed">
          –
        </Text>
      )}
    </Fieldset>
  );
}

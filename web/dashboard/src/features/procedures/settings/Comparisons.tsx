import type { Comparison } from "@deskhand/contract";
import { ActionIcon, Button, Fieldset, Group, NativeSelect, Stack, Text, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useTexts } from "../../../i18n/language";
import { settings } from "./texts";

const OPERATORS = ["equals", "contains", "gt", "lt", "gte", "lte", "exists", "not_exists"] as const;
type Rows = readonly Partial<Comparison>[];

interface Props {
  readonly label: string;
  readonly hint: string;
  readonly value: Rows;
  readonly change: ((rows: Rows) => void) | undefined;
}

/** Conditions that all have to hold: a value, how it is compared, with what. */
export function Comparisons({ label, hint, value, change }: Props) {
  const say = useTexts(settings);
  const set = (at: number, fields: Partial<Comparison>) =>
    change?.(value.map((row, index) => (index === at ? filled({ ...row, ...fields }) : row)));
  return (
    <Fieldset legend={label} variant="unstyled">
      <Text fz="xs" c="dimmed" mb={6}>
        {hint}
      </Text>
      <Stack gap={6} align="stretch">
        {value.map((row, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no name, and only the last ones move up
          <Group key={at} gap={6} align="center" role="group" aria-label={say("conditionOf", { number: at + 1 })}>
            <TextInput
              flex="1 1 150px"
              aria-label={say("comparisonVariable")}
              placeholder={say("comparisonHint")}
              value={row.variable ?? ""}
              onChange={event => set(at, { variable: event.currentTarget.value })}
              readOnly={!change}
            />
            <NativeSelect
              flex="0 1 150px"
              aria-label={say("comparisonOperator")}
              value={row.operator ?? "equals"}
              onChange={event => set(at, { operator: event.currentTarget.value as Comparison["operator"] })}
              data={OPERATORS.map(operator => ({ value: operator, label: say(operator) }))}
              disabled={!change}
            />
            {takesValue(row) && (
              <TextInput
                flex="1 1 120px"
                aria-label={say("comparisonValue")}
                value={row.value === null || row.value === undefined ? "" : String(row.value)}
                onChange={event => set(at, { value: event.currentTarget.value })}
                readOnly={!change}
              />
            )}
            {change && (
              <ActionIcon
                aria-label={say("removeCondition")}
                onClick={() => change(value.filter((_, index) => index !== at))}
              >
                <IconX size={16} />
              </ActionIcon>
            )}
          </Group>
        ))}
        {change && (
          <div>
            <Button
              variant="default"
              size="compact-sm"
              leftSection={<IconPlus size={14} />}
              onClick={() => change([...value, { variable: "", operator: "equals", value: "" }])}
            >
              {say("addCondition")}
            </Button>
          </div>
        )}
      </Stack>
    </Fieldset>
  );
}

function takesValue({ operator }: Partial<Comparison>): boolean {
  return operator !== "exists" && operator !== "not_exists";
}

/** Without a value where none is taken. */
function filled(row: Partial<Comparison>): Partial<Comparison> {
  if (takesValue(row)) return row;
  const { value: _, ...rest } = row;
  return rest;
}

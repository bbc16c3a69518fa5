import { ActionIcon, Autocomplete, Button, Group, NativeSelect, Paper, Stack, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useTexts } from "../../i18n/language";
import {
  BEGUN,
  type Compared,
  listOf,
  OPERATORS,
  type Operator,
  type Rule,
  takes,
  typedValue,
  VARIABLES,
  valueText,
  withOperator,
  withParts,
} from "./rules";
import { audiences } from "./texts";

interface Props {
  readonly rule: Rule;
  readonly change: ((rule: Rule) => void) | undefined;
  readonly remove?: () => void;
}

/** A rule as a form: groups of conditions, and groups in them. */
export function RuleEditor({ rule, change, remove }: Props) {
  const list = listOf(rule);
  if (list) return <Parts rule={rule} kind={list.kind} parts={list.parts} change={change} remove={remove} />;
  if ("not" in rule) return <Not rule={rule.not} change={change} remove={remove} />;
  return <Comparison rule={rule as Compared} change={change} remove={remove} />;
}

type PartsProps = Props & { readonly kind: "all" | "any"; readonly parts: readonly Rule[] };

function Parts({ kind, parts, change, remove }: PartsProps) {
  const say = useTexts(audiences);
  const set = (next: readonly Rule[]) => change?.(withParts(kind, next));
  const fresh: Compared = { variable: "", operator: "equals", value: "" };
  return (
    <Paper withBorder p="sm">
      <Stack gap="xs">
        <Group justify="space-between">
          <NativeSelect
            size="xs"
            aria-label={say("rule")}
            value={kind}
            onChange={event => change?.(withParts(event.currentTarget.value as "all" | "any", parts))}
            data={[
              { value: "all", label: say("all") },
              { value: "any", label: say("any") },
            ]}
            disabled={!change}
          />
          <Remove remove={change && remove} />
        </Group>
        {parts.map((part, at) => (
          <RuleEditor
            // biome-ignore lint/suspicious/noArrayIndexKey: parts have no name
            key={at}
            rule={part}
            change={change && (next => set(parts.map((one, index) => (index === at ? next : one))))}
            remove={parts.length > 1 ? () => set(parts.filter((_, index) => index !== at)) : undefined}
          />
        ))}
        {change && (
          <Group gap="xs">
            <Add label={say("addComparison")} run={() => set([...parts, fresh])} />
            <Add label={say("addGroup")} run={() => set([...parts, kind === "all" ? { any: [fresh] } : BEGUN])} />
            <Add label={say("not")} run={() => set([...parts, { not: { all: [fresh] } }])} />
          </Group>
        )}
      </Stack>
    </Paper>
  );
}

function Add({ label, run }: { label: string; run: () => void }) {
  return (
    <Button variant="default" size="compact-sm" leftSection={<IconPlus size={14} />} onClick={run}>
      {label}
    </Button>
  );
}

function Not({ rule, change, remove }: Props) {
  const say = useTexts(audiences);
  return (
    <Paper withBorder p="sm" role="group" aria-label={say("notHint")}>
      <Group justify="space-between" mb="xs">
        {say("not")}
        <Remove remove={change && remove} />
      </Group>
      <RuleEditor rule={rule} change={change && (next => change({ not: next }))} />
    </Paper>
  );
}

function Comparison({ rule, change, remove }: Props & { rule: Compared }) {
  const say = useTexts(audiences);
  const operator = rule.operator ?? "equals";
  const [text, setText] = useState(() => valueText(rule.value));
  const type = (value: string) => {
    setText(value);
    change?.({ ...rule, operator, value: typedValue(operator, value) });
  };
  return (
    <Group gap={6} align="flex-end">
      <Autocomplete
        flex="1 1 200px"
        aria-label={say("variable")}
        placeholder={say("conditionHint")}
        value={rule.variable}
        onChange={variable => change?.({ ...rule, variable })}
        data={[...VARIABLES]}
        readOnly={!change}
      />
      <NativeSelect
        flex="0 1 170px"
        aria-label={say("operator")}
        value={operator}
        onChange={event => {
          const next = withOperator(rule, event.currentTarget.value as Operator);
          setText(valueText(next.value));
          change?.(next);
        }}
        data={OPERATORS.map(value => ({ value, label: say(value) }))}
        disabled={!change}
      />
      {takes(operator) !== "nothing" && (
        <TextInput
          flex="1 1 140px"
          aria-label={say(takes(operator) === "several" ? "valueList" : "value")}
          placeholder={takes(operator) === "several" ? say("valueList") : undefined}
          value={text}
          onChange={event => type(event.currentTarget.value)}
          readOnly={!change}
        />
      )}
      <Remove remove={change && remove} />
    </Group>
  );
}

function Remove({ remove }: { remove: (() => void) | undefined }) {
  const say = useTexts(audiences);
  if (!remove) return null;
  return (
    <ActionIcon aria-label={say("removePart")} onClick={remove}>
      <IconX size={16} />
    </ActionIcon>
  );
}

/** Comparisons that all have to hold. */

import { ActionIcon, Button, Group, Select, Stack, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useTexts } from "../../i18n/language";
import { useField } from "./context";
import { Labelled } from "./Labelled";
import { isRecord } from "./PairsField";
import { fieldTexts } from "./texts";
import { fromTyped, OPERATORS, operatorLabel, takesValue } from "./values";

interface Props {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
}

export function ComparisonsField({ name, label, hint }: Props) {
  const field = useField(name);
  return (
    <Labelled name={name} label={label} hint={hint} error={field.error}>
      {() => <Comparisons label={label} value={field.value} set={field.set} locked={field.locked} />}
    </Labelled>
  );
}

interface ListProps {
  readonly label: string;
  readonly value: unknown;
  readonly set: (value: unknown) => void;
  readonly locked: boolean;
}

export function Comparisons({ label, value, set, locked }: ListProps) {
  const say = useTexts(fieldTexts);
  const all = Array.isArray(value) ? value.filter(isRecord) : [];
  const put = (next: readonly Readonly<Record<string, unknown>>[]) => set(next.length > 0 ? next : undefined);
  return (
    <Stack gap={6}>
      {all.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: comparisons have no names
        <Group key={at} gap={6} wrap="nowrap">
          <Comparison
            value={one}
            locked={locked}
            set={next => put(all.map((other, place) => (place === at ? next : other)))}
          />
          {!locked && (
            <ActionIcon aria-label={say("removeOne")} onClick={() => put(all.filter((_, place) => place !== at))}>
              <IconTrash size={15} />
            </ActionIcon>
          )}
        </Group>
      ))}
      {!locked && (
        <Button
          variant="default"
          size="compact-sm"
          w="fit-content"
          leftSection={<IconPlus size={14} />}
          aria-label={say("addTo", { label })}
          onClick={() => put([...all, { variable: "", operator: "equals", value: "" }])}
        >
          {say("add")}
        </Button>
      )}
    </Stack>
  );
}

type One = Readonly<Record<string, unknown>>;

function Comparison({ value, set, locked }: { value: One; set: (value: One) => void; locked: boolean }) {
  const say = useTexts(fieldTexts);
  const operator = String(value.operator ?? "equals");
  const change = (next: One) => {
    const { value: compared, ...rest } = { ...value, ...next } as Record<string, unknown>;
    set(takesValue(String(rest.operator)) ? { ...rest, value: compared ?? "" } : rest);
  };
  return (
    <Group gap={4} wrap="nowrap" style={{ flex: 1, minWidth: 0 }}>
      <TextInput
        aria-label={say("comparedVariable")}
        value={String(value.variable ?? "")}
        readOnly={locked}
        onChange={event => change({ variable: event.currentTarget.value })}
        style={{ flex: 1 }}
      />
      <Select
        aria-label={say("operator")}
        data={OPERATORS.map(one => ({ value: one, label: operatorLabel(say, one) }))}
        value={operator}
        readOnly={locked}
        allowDeselect={false}
        w={120}
        onChange={chosen => change({ operator: chosen ?? "equals" })}
      />
      {takesValue(operator) && (
        <TextInput
          aria-label={say("comparedWith")}
          value={value.value === undefined || value.value === null ? "" : String(value.value)}
          readOnly={locked}
          onChange={event => change({ value: fromTyped(event.currentTarget.value) })}
          style={{ flex: 1 }}
        />
      )}
    </Group>
  );
}

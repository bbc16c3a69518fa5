import { ActionIcon, Autocomplete, Button, Group, NativeSelect, Text } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useTexts } from "../../../i18n/language";
import { useEditing } from "../editing";
import { type Comparison, OPERATORS, type Operator, replaced } from "../model";
import classes from "./fields.module.css";
import { TemplateInput } from "./TemplateInput";
import { fields } from "./texts";

interface Props {
  /** What is compared, for whoever cannot see it. */
  readonly label: string;
  readonly values: readonly Comparison[] | undefined;
  readonly onChange: (values: readonly Comparison[]) => void;
  /** What can be looked at: `status`, `response.ok`, variables. */
  readonly paths: readonly string[];
}

const UNARY: readonly string[] = ["exists", "not_exists"];

/** Comparisons, all of which have to be true. */
export function Comparisons({ label, values = [], onChange, paths }: Props) {
  const say = useTexts(fields);
  const { locked } = useEditing();
  return (
    <fieldset aria-label={label} className={classes.plain}>
      {values.map((one, at) => (
        <Line
          // biome-ignore lint/suspicious/noArrayIndexKey: a comparison has nothing else to be known by
          key={at}
          label={label}
          value={one}
          paths={paths}
          onChange={changed => onChange(replaced(values, at, changed))}
        />
      ))}
      {values.length > 1 && (
        <Text fz="xs" c="dimmed" mb={4}>
          {say("allHold")}
        </Text>
      )}
      {!locked && (
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconPlus size={14} />}
          onClick={() => onChange([...values, { variable: paths[0] ?? "", operator: "equals", value: "" }])}
          aria-label={`${label}: ${say("addCondition")}`}
        >
          {say("addCondition")}
        </Button>
      )}
    </fieldset>
  );
}

interface LineProps {
  readonly label: string;
  readonly value: Comparison;
  readonly paths: readonly string[];
  readonly onChange: (value: Comparison | null) => void;
}

function Line({ label, value, paths, onChange }: LineProps) {
  const say = useTexts(fields);
  const { locked, nameable } = useEditing();
  const operator = value.operator ?? "equals";
  const choose = (chosen: Operator) =>
    onChange({ ...value, operator: chosen, value: UNARY.includes(chosen) ? null : (value.value ?? "") });
  return (
    <Group gap="xs" mb={6} align="flex-start" wrap="wrap">
      <Autocomplete
        aria-label={`${label}: ${say("variable")}`}
        data={[...new Set(paths)]}
        value={value.variable}
        onChange={variable => onChange({ ...value, variable })}
        disabled={locked}
        styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
        flex="2 1 180px"
      />
      <NativeSelect
        aria-label={`${label}: ${say("operator")}`}
        data={OPERATORS.map(one => ({ value: one, label: say(one) }))}
        value={operator}
        onChange={event => choose(event.currentTarget.value as Operator)}
        disabled={locked}
        flex="1 1 130px"
      />
      <div style={{ flex: "2 1 150px", minWidth: 0, visibility: UNARY.includes(operator) ? "hidden" : undefined }}>
        <TemplateInput
          label={`${label}: ${say("value")}`}
          hideLabel
          value={text(value.value)}
          onChange={given => onChange({ ...value, value: typed(given) })}
          nameable={nameable}
          disabled={locked}
          mono
        />
      </div>
      {!locked && (
        <ActionIcon mt={4} aria-label={say("removeRow")} onClick={() => onChange(null)}>
          <IconX size={16} />
        </ActionIcon>
      )}
    </Group>
  );
}

function text(value: Comparison["value"]): string {
  return value === null || value === undefined ? "" : String(value);
}

/** What is typed as JSON would read it, so that `true` is no text; what would read differently stays a text. */
function typed(given: string): string | number | boolean {
  if (given === "true" || given === "false") return given === "true";
  return given !== "" && String(Number(given)) === given ? Number(given) : given;
}

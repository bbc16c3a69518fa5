/** The values that a step is tried with: one field for each variable that it may know. */

import type { VariableInScope } from "@deskhand/contract";
import { Badge, Group, Stack, Text, TextInput, Tooltip } from "@mantine/core";
import { useTexts } from "../../i18n/language";
import { testing } from "./texts";

export type Typed = Readonly<Record<string, string>>;

interface Props {
  readonly variables: readonly VariableInScope[];
  readonly values: Typed;
  readonly change: (values: Typed) => void;
}

export function Values({ variables, values, change }: Props) {
  const say = useTexts(testing);
  if (!variables.length)
    return (
      <Text fz="sm" c="dimmed">
        {say("noVariables")}
      </Text>
    );
  return (
    <Stack gap={8}>
      {variables.map(one => (
        <TextInput
          key={one.name}
          size="xs"
          label={
            <Group gap={6} component="span">
              {one.name}
              <Tooltip label={say(one.always ? "always" : "some")}>
                <Badge size="xs" color={one.always ? "teal" : "gray"}>
                  {one.type ?? "JSON"}
                </Badge>
              </Tooltip>
            </Group>
          }
          type={one.sensitive ? "password" : "text"}
          value={values[one.name] ?? ""}
          placeholder={one.example ?? ""}
          autoComplete="off"
          onChange={event => change({ ...values, [one.name]: event.currentTarget.value })}
        />
      ))}
      <Text fz="xs" c="dimmed">
        {say("variablesHint")}
      </Text>
    </Stack>
  );
}

/** What was typed, as values: JSON where it is some, and nothing where nothing was typed. */
export function valuesOf(typed: Typed, variables: readonly VariableInScope[]): Record<string, unknown> {
  const known = new Map(variables.map(one => [one.name, one.type]));
  const filled = Object.entries(typed).filter(([name, text]) => known.has(name) && text !== "");
  return Object.fromEntries(filled.map(([name, text]) => [name, parsed(text, known.get(name) ?? null)]));
}

function parsed(text: string, type: string | null): unknown {
  if (type === "text" || type === "email" || type === "phone" || type === "date") return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text; // a text, then
  }
}

/** A value as it is typed. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : value === null || value === undefined ? "" : JSON.stringify(value);
}

/** What a variable would hold in a typical run: its example, or an object made of the fields that are known of it. */
export function typical(one: VariableInScope): string {
  if (one.example) return one.example;
  if (!one.fields.length) return "";
  const whole: Record<string, unknown> = {};
  for (const field of one.fields) put(whole, field.path.split(".").slice(1), field.example);
  return JSON.stringify(whole);
}

function put(whole: Record<string, unknown>, path: readonly string[], text: string): void {
  const [name, ...rest] = path;
  if (name === undefined) return;
  if (!rest.length) {
    whole[name] = parsed(text, null);
    return;
  }
  const inner = whole[name];
  const next = typeof inner === "object" && inner !== null ? (inner as Record<string, unknown>) : {};
  whole[name] = next;
  put(next, rest, text);
}

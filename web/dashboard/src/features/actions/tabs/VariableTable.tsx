import { ActionIcon, Badge, Group, Stack, Table, Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconArrowDown, IconArrowUp, IconEyeOff, IconPencil, IconTrash } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTexts } from "../../../i18n/language";
import type { PlainKey } from "../../../i18n/texts";
import { useEditing } from "../editing";
import { moved, replaced, TYPES, type Variable } from "../model";
import { tabs } from "./texts";

interface Props {
  readonly label: string;
  readonly values: readonly Variable[];
  readonly onChange: (values: readonly Variable[]) => void;
  readonly edit: (at: number) => void;
  /** Where the list stands in the document: `variables`. */
  readonly field: string;
}

/** Variables in their order, with what each of them is. */
export function VariableTable({ label, values, onChange, edit, field }: Props) {
  const say = useTexts(tabs);
  const { locked, problem } = useEditing();
  const phone = useMediaQuery("(max-width: 48em)");
  const buttons = (one: Variable, at: number) => (
    <Group gap={2} wrap="nowrap" justify="flex-end">
      {!locked && (
        <>
          <ActionIcon
            aria-label={say("upNamed", { name: one.name })}
            disabled={at === 0}
            onClick={() => onChange(moved(values, at, -1))}
          >
            <IconArrowUp size={16} />
          </ActionIcon>
          <ActionIcon
            aria-label={say("downNamed", { name: one.name })}
            disabled={at === values.length - 1}
            onClick={() => onChange(moved(values, at, 1))}
          >
            <IconArrowDown size={16} />
          </ActionIcon>
        </>
      )}
      <ActionIcon aria-label={say("editNamed", { name: one.name })} onClick={() => edit(at)}>
        <IconPencil size={16} />
      </ActionIcon>
      {!locked && (
        <ActionIcon
          aria-label={say("removeNamed", { name: one.name })}
          onClick={() => onChange(replaced(values, at, null))}
        >
          <IconTrash size={16} />
        </ActionIcon>
      )}
    </Group>
  );
  const wrong = (at: number) => problem(`${field}.${at}.name`) ?? problem(`${field}.${at}`);
  if (phone) {
    return (
      <Stack gap="xs" component="ul" aria-label={label} p={0} m={0} style={{ listStyle: "none" }}>
        {values.map((one, at) => (
          <li key={one.name}>
            <Name one={one} wrong={wrong(at)} />
            <Group justify="space-between" wrap="nowrap">
              <Group gap={6}>
                <Type one={one} />
                <Need one={one} />
              </Group>
              {buttons(one, at)}
            </Group>
          </li>
        ))}
      </Stack>
    );
  }
  return (
    <Table aria-label={label}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{say("name")}</Table.Th>
          <Table.Th w={150}>{say("type")}</Table.Th>
          <Table.Th w={120}>{say("required")}</Table.Th>
          <Table.Th>{say("example")}</Table.Th>
          <Table.Th w={140} aria-label={say("editNamed", { name: "" })} />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {values.map((one, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two may have the same name while one of them is typed
          <Table.Tr key={at}>
            <Table.Td>
              <Name one={one} wrong={wrong(at)} />
            </Table.Td>
            <Table.Td>
              <Type one={one} />
            </Table.Td>
            <Table.Td>
              <Need one={one} />
            </Table.Td>
            <Table.Td style={{ overflowWrap: "anywhere" }}>
              {one.example || (one.choices ?? []).slice(0, 4).join(", ") || (
                <Text span c="dimmed">
                  –
                </Text>
              )}
            </Table.Td>
            <Table.Td>{buttons(one, at)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Name({ one, wrong }: { one: Variable; wrong: ReactNode }) {
  const say = useTexts(tabs);
  return (
    <>
      <Group gap={6}>
        <Text span ff="monospace" fz="sm" fw={600}>
          {one.name}
        </Text>
        {one.sensitive && <IconEyeOff size={14} aria-label={say("sensitive")} />}
      </Group>
      <Text fz="xs" c="dimmed">
        {one.description}
      </Text>
      {wrong && (
        <Text fz="xs" c="red">
          {wrong}
        </Text>
      )}
    </>
  );
}

function Type({ one }: { one: Variable }) {
  const say = useTexts(tabs);
  return <Badge variant="default">{say(typeLabel(one.type))}</Badge>;
}

function Need({ one }: { one: Variable }) {
  const say = useTexts(tabs);
  const given = one.default !== undefined && one.default !== null && one.default !== "";
  if (given) {
    return (
      <Text span fz="sm">
        = {String(one.default)}
      </Text>
    );
  }
  return one.required === false ? (
    <Text span fz="sm" c="dimmed">
      {say("optional")}
    </Text>
  ) : (
    <Text span fz="sm">
      {say("required")}
    </Text>
  );
}

export function typeLabel(type: string | undefined): PlainKey<typeof tabs.en> {
  const known = TYPES.find(one => one === (type === "string" ? "text" : type)) ?? "text";
  return `type${known}`;
}

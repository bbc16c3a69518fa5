import { ActionIcon, Badge, Button, Group, Text } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconPencil, IconPlus, IconTrash, IconVariable } from "@tabler/icons-react";
import { useTexts } from "../../../i18n/language";
import { type Column, DataTable } from "../../../ui/DataTable";
import { Empty } from "../../../ui/Empty";
import { useFilters } from "../../../ui/filters";
import { type DraftVariable, type TabProps, variablesOf, withVariables } from "./fields";
import { settings } from "./texts";
import { VariableEditor } from "./VariableEditor";

/** What has to be known before the first step. */
export default function Variables({ document, change }: TabProps) {
  const say = useTexts(settings);
  const [{ variable: open }, setFilters] = useFilters(["variable"]);
  const variables = variablesOf(document);
  const at = variables.findIndex(one => one.name === open);
  const edit = (to: (before: readonly DraftVariable[]) => readonly DraftVariable[]) =>
    change?.(before => withVariables(before, to(variablesOf(before))));
  const add = () => {
    const name = free(variables);
    edit(before => [...before, { name, type: "text" }]);
    setFilters({ variable: name });
  };
  const button = change && (
    <Button leftSection={<IconPlus size={16} />} onClick={add}>
      {say("add")}
    </Button>
  );
  const columns = useColumns(variables, change && edit, name => setFilters({ variable: name }));
  return (
    <>
      {variables.length > 0 ? (
        <>
          <DataTable label={say("variables")} rows={variables} columns={columns} id={one => one.name} />
          <div>{button}</div>
        </>
      ) : (
        <Empty icon={IconVariable} title={say("noVariables")} action={button}>
          {say("noVariablesText")}
        </Empty>
      )}
      {at >= 0 && variables[at] && (
        <VariableEditor
          variable={variables[at]}
          others={variables.filter((_, index) => index !== at).map(one => one.name)}
          change={
            change &&
            (variable => {
              edit(before => before.map((one, index) => (index === at ? variable : one)));
              if (variable.name !== open) setFilters({ variable: variable.name });
            })
          }
          close={() => setFilters({ variable: "" })}
        />
      )}
    </>
  );
}

type Edit = (to: (before: readonly DraftVariable[]) => readonly DraftVariable[]) => void;

function useColumns(
  variables: readonly DraftVariable[],
  edit: Edit | undefined,
  open: (name: string) => void,
): readonly Column<DraftVariable>[] {
  const say = useTexts(settings);
  const place = (one: DraftVariable) => variables.findIndex(other => other.name === one.name);
  const columns: Column<DraftVariable>[] = [
    {
      id: "name",
      title: say("variable"),
      cell: one => (
        <Button variant="subtle" size="compact-sm" ff="monospace" onClick={() => open(one.name)} px={4}>
          {one.name}
        </Button>
      ),
    },
    { id: "type", title: say("type"), cell: one => say(`type_${one.type ?? "text"}`) },
    {
      id: "required",
      title: say("required"),
      cell: one => (
        <Group gap={4}>
          <Text span fz="sm">
            {say(one.required === false ? "optional" : one.ask_when?.length ? "askedWhen" : "asked")}
          </Text>
          {one.sensitive && <Badge color="red">{say("sensitive")}</Badge>}
        </Group>
      ),
    },
    { id: "what", title: say("what"), cell: one => one.description ?? "", wide: true },
  ];
  if (!edit) return columns;
  const acts = (one: DraftVariable) => (
    <Group gap={2} justify="flex-end" wrap="nowrap">
      <ActionIcon
        aria-label={say("up", { name: one.name })}
        disabled={place(one) === 0}
        onClick={() => edit(before => moved(before, place(one), -1))}
      >
        <IconArrowUp size={16} />
      </ActionIcon>
      <ActionIcon
        aria-label={say("down", { name: one.name })}
        disabled={place(one) === variables.length - 1}
        onClick={() => edit(before => moved(before, place(one), 1))}
      >
        <IconArrowDown size={16} />
      </ActionIcon>
      <ActionIcon aria-label={say("edit", { name: one.name })} onClick={() => open(one.name)}>
        <IconPencil size={16} />
      </ActionIcon>
      <ActionIcon
        aria-label={say("removeNamed", { name: one.name })}
        onClick={() => edit(before => before.filter((_, index) => index !== place(one)))}
      >
        <IconTrash size={16} />
      </ActionIcon>
    </Group>
  );
  return [...columns, { id: "acts", title: "", width: 140, align: "right", cell: acts }];
}

function moved<T>(list: readonly T[], at: number, by: number): readonly T[] {
  const one = list[at];
  if (one === undefined) return list;
  const rest = list.filter((_, index) => index !== at);
  return [...rest.slice(0, at + by), one, ...rest.slice(at + by)];
}

function free(variables: readonly DraftVariable[]): string {
  const taken = new Set(variables.map(one => one.name));
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? "value" : `value_${number}`;
    if (!taken.has(name)) return name;
  }
}

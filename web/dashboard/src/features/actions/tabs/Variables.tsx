import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconPlus, IconVariable } from "@tabler/icons-react";
import { useState } from "react";
import { useTexts } from "../../../i18n/language";
import { Empty } from "../../../ui/Empty";
import { useEditing } from "../editing";
import { replaced, type Variable } from "../model";
import { declaration, undeclared } from "../templates";
import { tabs } from "./texts";
import { VariableEditor } from "./VariableEditor";
import { VariableTable } from "./VariableTable";

/** What the action needs to know; what the request names and nobody declared is offered. */
export function Variables() {
  const say = useTexts(tabs);
  const { doc, set, locked } = useEditing();
  const [open, setOpen] = useState<number | null>(null);
  const values = doc.variables ?? [];
  const missing = undeclared(doc);
  const change = (variables: readonly Variable[]) => set({ variables });
  const add = () => {
    change([...values, { name: "", type: "text" }]);
    setOpen(values.length);
  };
  const close = () => {
    // one that was opened and left without a name was not meant
    if (open !== null && !values[open]?.name) change(replaced(values, open, null));
    setOpen(null);
  };
  const shown = open === null ? undefined : values[open];
  return (
    <Stack>
      <Text fz="sm" c="dimmed" maw={640}>
        {say("variablesLead")}
      </Text>
      {missing.length > 0 && (
        <Alert color="yellow" icon={<IconAlertTriangle size={18} />} title={say("undeclared")}>
          <Text fz="sm" mb="xs">
            {say("undeclaredText")}
          </Text>
          <Group gap="xs">
            {missing.map(name => (
              <Button
                key={name}
                size="xs"
                variant="default"
                disabled={locked}
                onClick={() => change([...values, declaration(name)])}
              >
                {say("declare", { name })}
              </Button>
            ))}
          </Group>
        </Alert>
      )}
      {values.length > 0 ? (
        <VariableTable label={say("variable")} values={values} onChange={change} edit={setOpen} field="variables" />
      ) : (
        missing.length === 0 && (
          <Empty icon={IconVariable} title={say("variablesEmpty")}>
            {say("variablesEmptyText", { example: "{{order_id}}" })}
          </Empty>
        )
      )}
      {!locked && (
        <Group>
          <Button variant="default" leftSection={<IconPlus size={16} />} onClick={add}>
            {say("addVariable")}
          </Button>
        </Group>
      )}
      {shown && open !== null && (
        <VariableEditor
          title={shown.name || say("newVariable")}
          value={shown}
          onChange={one => change(replaced(values, open, one))}
          close={close}
          field={`variables.${open}`}
        />
      )}
    </Stack>
  );
}

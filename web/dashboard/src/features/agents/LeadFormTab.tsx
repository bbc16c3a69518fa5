/** The form in which customers leave how they can be reached. */

import type { LeadField, LeadFormOutput } from "@deskhand/contract";
import { ActionIcon, Checkbox, Stack, Switch, Table, Text } from "@mantine/core";
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import { useState } from "react";
import { useMayBuild } from "../../app/session";
import { useTexts } from "../../i18n/language";
import { Card } from "../../ui/Card";
import { SaidInput } from "../../ui/SaidInput";
import type { PartProps } from "./drafts";
import { lead } from "./leadTexts";
import { useUsual } from "./widget/useUsual";

type Name = LeadField["name"];
const NAMES: readonly Name[] = ["email", "name", "phone", "company", "message"];
const BEGUN: LeadFormOutput = {
  text: null,
  fields: [
    { name: "name", required: false },
    { name: "email", required: true },
  ],
};

export function LeadFormTab({ agent, set }: PartProps) {
  const say = useTexts(lead);
  const builds = useMayBuild();
  const usual = useUsual();
  const [before, setBefore] = useState(agent.lead_form ?? BEGUN);
  const form = agent.lead_form;
  const turn = (wanted: boolean) => {
    if (form) setBefore(form); // switched on again, it is as it was
    set({ lead_form: wanted ? before : null });
  };
  return (
    <Card title={say("title")}>
      <Stack>
        <Switch
          label={say("on")}
          description={say("onHint")}
          checked={form !== null}
          onChange={event => turn(event.currentTarget.checked)}
          disabled={!builds}
        />
        {form && (
          <>
            <SaidInput
              label={say("text")}
              value={form.text ?? ""}
              set={text => set({ lead_form: { ...form, text } })}
              usual={usual}
              lines={2}
              maxLength={1000}
              placeholder={say("usualText")}
              readOnly={!builds}
            />
            <Fields fields={form.fields} put={fields => set({ lead_form: { ...form, fields } })} readOnly={!builds} />
            <Text fz="sm" c="dimmed">
              {say("proves", { example: "{{lead.email}}" })}
            </Text>
          </>
        )}
      </Stack>
    </Card>
  );
}

interface FieldsProps {
  readonly fields: readonly LeadField[];
  readonly put: (fields: LeadField[]) => void;
  readonly readOnly: boolean;
}

function Fields({ fields, put, readOnly }: FieldsProps) {
  const say = useTexts(lead);
  const left = NAMES.filter(name => !fields.some(one => one.name === name));
  const move = (at: number, by: number) => {
    const next = [...fields];
    const [one] = next.splice(at, 1);
    if (one) next.splice(at + by, 0, one);
    put(next);
  };
  const ask = (name: Name, wanted: boolean) =>
    put(wanted ? [...fields, { name, required: false }] : fields.filter(one => one.name !== name));
  const require = (name: Name, required: boolean) =>
    put(fields.map(one => (one.name === name ? { ...one, required } : one)));
  return (
    <Table withTableBorder highlightOnHover={false} maw={520} aria-label={say("fields")}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{say("field")}</Table.Th>
          <Table.Th>{say("required")}</Table.Th>
          <Table.Th w={80} aria-label={say("order")} />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {[...fields, ...left.map(name => ({ name, required: false }))].map(({ name, required }, at) => {
          const asked = at < fields.length;
          const fixed = name === "email";
          return (
            <Table.Tr key={name}>
              <Table.Td>
                <Checkbox
                  label={say(name)}
                  checked={asked}
                  onChange={event => ask(name, event.currentTarget.checked)}
                  disabled={readOnly || fixed}
                />
              </Table.Td>
              <Table.Td>
                <Checkbox
                  aria-label={say("isRequired", { field: say(name) })}
                  checked={required}
                  onChange={event => require(name, event.currentTarget.checked)}
                  disabled={readOnly || fixed || !asked}
                />
              </Table.Td>
              <Table.Td style={{ whiteSpace: "nowrap" }}>
                {asked && !readOnly && (
                  <>
                    <ActionIcon
                      aria-label={say("up", { field: say(name) })}
                      disabled={at === 0}
                      onClick={() => move(at, -1)}
                    >
                      <IconArrowUp size={15} />
                    </ActionIcon>
                    <ActionIcon
                      aria-label={say("down", { field: say(name) })}
                      disabled={at === fields.length - 1}
                      onClick={() => move(at, 1)}
                    >
                      <IconArrowDown size={15} />
                    </ActionIcon>
                  </>
                )}
              </Table.Td>
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  );
}

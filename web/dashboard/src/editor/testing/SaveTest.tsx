/** Keeps a way through the flow as a test, with what has to come of it. */

import type { Expected, Report, Script } from "@deskhand/contract";
import { Alert, Button, Checkbox, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { IconAddressBook } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { $api } from "../../api/client";
import { calledOf } from "../../features/trying/who";
import { useTexts } from "../../i18n/language";
import { ErrorNote } from "../../ui/ErrorNote";
import { OUTCOMES } from "./outcome";
import { testing } from "./texts";

export const TESTS = "/v1/procedures/{slug}/tests";

interface Props {
  readonly slug: string;
  readonly script: Script;
  readonly report: Report;
  readonly close: () => void;
}

interface Wanted {
  readonly steps: boolean;
  readonly called: boolean;
  readonly said: boolean;
}

export function SaveTest({ slug, script, report, close }: Props) {
  const say = useTexts(testing);
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const [wanted, setWanted] = useState<Wanted>({ steps: true, called: true, said: false });
  const add = $api.useMutation("post", TESTS);
  const save = async () => {
    await add.mutateAsync({
      params: { path: { slug } },
      body: { name: name.trim(), script, expected: expectation(report, wanted) },
    });
    await queries.invalidateQueries({ queryKey: ["get", TESTS] });
    close();
  };
  const known = OUTCOMES[report.outcome];
  const box = (part: keyof Wanted, label: string) => (
    <Checkbox
      label={label}
      checked={wanted[part]}
      onChange={event => setWanted({ ...wanted, [part]: event.currentTarget.checked })}
    />
  );
  return (
    <Modal opened onClose={close} title={<Text fw={650}>{say("saveTest")}</Text>}>
      <form
        onSubmit={event => {
          event.preventDefault();
          void save().catch(() => {}); // shown below
        }}
      >
        <Stack gap="sm">
          <TextInput
            label={say("name")}
            placeholder={say("namePlaceholder")}
            value={name}
            onChange={event => setName(event.currentTarget.value)}
            maxLength={100}
            data-autofocus
            required
          />
          <Text fz="sm" fw={500}>
            {say("expect")}
          </Text>
          <Checkbox
            label={say("expectOutcome", { outcome: known ? say(known.key) : report.outcome })}
            checked
            readOnly
          />
          {box("steps", say("expectSteps"))}
          {box("called", say("expectCalled"))}
          {box("said", say("expectSaid"))}
          {script.contact?.id && (
            <Alert color="yellow" icon={<IconAddressBook size={18} />} p="sm">
              {say("keepsContact", { name: calledOf(script.contact) })}
            </Alert>
          )}
          {add.error && <ErrorNote error={add.error} />}
          <Group justify="flex-end">
            <Button type="submit" loading={add.isPending} disabled={name.trim() === ""}>
              {say("save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

/** What a report came to, as an expectation. */
export function expectation(report: Report, wanted: Wanted): Expected {
  return {
    outcome: report.outcome,
    steps: wanted.steps ? report.steps : null,
    called: wanted.called ? report.acts.map(act => act.step) : null,
    approvals: null,
    said: wanted.said ? report.transcript.filter(line => line.who === "agent").map(line => line.text ?? "") : [],
    not_said: [],
    variables: {},
  };
}

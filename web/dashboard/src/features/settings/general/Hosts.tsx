import { Button, Code, Group, Stack, TagsInput, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { $api } from "../../../api/client";
import { useMayBuild } from "../../../app/session";
import { useTexts } from "../../../i18n/language";
import { ErrorNote } from "../../../ui/ErrorNote";
import { Section } from "../Section";
import { general } from "./texts";

/** Which hosts of the own network calls may reach. */
export function Hosts({ hosts }: { hosts: readonly string[] }) {
  const say = useTexts(general);
  const builds = useMayBuild();
  return (
    <Section title={say("hosts")} lead={say("hostsLead")} below>
      {builds ? <Editable hosts={hosts} /> : <Listed hosts={hosts} />}
    </Section>
  );
}

function Listed({ hosts }: { hosts: readonly string[] }) {
  const say = useTexts(general);
  return (
    <Stack gap="xs">
      <Group gap="xs">
        {hosts.map(host => (
          <Code key={host}>{host}</Code>
        ))}
        {hosts.length === 0 && <Text fz="sm">{say("noHosts")}</Text>}
      </Group>
      <Text fz="sm" c="dimmed">
        {say("readOnly")}
      </Text>
    </Stack>
  );
}

function Editable({ hosts }: { hosts: readonly string[] }) {
  const say = useTexts(general);
  const queries = useQueryClient();
  const [changed, setChanged] = useState<string[] | null>(null);
  const wanted = changed ?? [...hosts];
  const saving = $api.useMutation("put", "/v1/settings/internal-hosts", {
    onSuccess: data => queries.setQueryData(["get", "/v1/settings/internal-hosts"], data),
  });
  const save = () => {
    // what was typed meanwhile is saved next
    const onSuccess = () => setChanged(before => (before === changed ? null : before));
    saving.mutate({ body: { hosts: wanted } }, { onSuccess });
  };
  const differs = wanted.join() !== hosts.join();
  return (
    <Stack maw={600}>
      <TagsInput
        label={say("hostsLabel")}
        description={say("hostsHint")}
        placeholder={wanted.length ? undefined : say("noHosts")}
        value={wanted}
        onChange={setChanged}
        splitChars={[",", " ", "\n"]}
        maxTags={200}
        acceptValueOnBlur
      />
      {saving.error && <ErrorNote error={saving.error} />}
      <Group gap="sm">
        <Button onClick={save} loading={saving.isPending} disabled={!differs}>
          {say("save")}
        </Button>
        <Text role="status" fz="sm" c="dimmed">
          {saving.isSuccess && !differs && say("saved")}
        </Text>
      </Group>
    </Stack>
  );
}

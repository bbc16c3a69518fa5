import type { OwnMember } from "@deskhand/contract";
import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { $api } from "../../api/client";
import { useTexts } from "../../i18n/language";
import { ErrorNote } from "../../ui/ErrorNote";
import { profile } from "./texts";

/** The name that one is known by. */
export function NameForm({ member }: { member: OwnMember }) {
  const say = useTexts(profile);
  const queries = useQueryClient();
  const [written, setWritten] = useState<string | null>(null);
  const name = written ?? member.name;
  const saving = $api.useMutation("patch", "/v1/me", {
    onSuccess: me => queries.setQueryData(["get", "/v1/me"], me),
  });
  const save = (event: FormEvent) => {
    event.preventDefault();
    // what was typed meanwhile is saved next
    const onSuccess = () => setWritten(before => (before === written ? null : before));
    saving.mutate({ body: { name: name.trim() } }, { onSuccess });
  };
  const changed = name.trim() !== member.name;
  return (
    <form onSubmit={save}>
      <Stack maw={420}>
        <TextInput label={say("email")} description={say("emailHint")} value={member.email} readOnly variant="filled" />
        <TextInput
          label={say("name")}
          description={say("nameHint")}
          value={name}
          onChange={event => setWritten(event.currentTarget.value)}
          maxLength={100}
          autoComplete="name"
        />
        {saving.error && <ErrorNote error={saving.error} />}
        <Group gap="sm">
          <Button type="submit" loading={saving.isPending} disabled={!changed || !name.trim()}>
            {say("save")}
          </Button>
          <Text role="status" fz="sm" c="dimmed">
            {saving.isSuccess && !changed && say("saved")}
          </Text>
        </Group>
      </Stack>
    </form>
  );
}

import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTexts } from "../../../i18n/language";
import { ErrorNote } from "../../../ui/ErrorNote";
import { type MakeProps, useMaking } from "./making";
import { creating } from "./texts";

/** A draft of nothing but a name. */
export function OnlyName({ made }: MakeProps) {
  const say = useTexts(creating);
  const { make, busy, error } = useMaking(made);
  const [name, setName] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void make({ document: { name: name.trim(), trigger: {}, steps: [] } });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text fz="sm" c="dimmed">
          {say("emptyText")}
        </Text>
        <TextInput
          label={say("name")}
          placeholder={say("namePlaceholder")}
          value={name}
          onChange={event => setName(event.currentTarget.value)}
          maxLength={100}
          required
          withAsterisk={false}
        />
        {error !== null && <ErrorNote error={error} />}
        <Group justify="flex-end">
          <Button type="submit" loading={busy} disabled={!name.trim()}>
            {say("make")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

import type { WorkspaceSettings } from "@deskhand/contract";
import { Button, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { $api } from "../../../api/client";
import { useMayBuild } from "../../../app/session";
import { useLanguage, useTexts } from "../../../i18n/language";
import { regional } from "../../../i18n/texts";
import { ErrorNote } from "../../../ui/ErrorNote";
import { useNow } from "../../../ui/time";
import { languageChoices, ZONES } from "./choices";
import { general } from "./texts";

/** Name, language and time zone, with one button that saves them. */
export function About({ settings }: { settings: WorkspaceSettings }) {
  const say = useTexts(general);
  const { language: spoken } = useLanguage();
  const builds = useMayBuild();
  const queries = useQueryClient();
  const [changes, setChanges] = useState<Partial<WorkspaceSettings>>({});
  const wanted = { ...settings, ...changes };
  const saving = $api.useMutation("patch", "/v1/settings", {
    onSuccess: data => {
      queries.setQueryData(["get", "/v1/settings"], data);
      void queries.invalidateQueries({ queryKey: ["get", "/v1/me"] });
    },
  });
  const set = (change: Partial<WorkspaceSettings>) => setChanges(before => ({ ...before, ...change }));
  const changed = JSON.stringify(wanted) !== JSON.stringify(settings);
  const save = (event: FormEvent) => {
    event.preventDefault();
    // what was typed meanwhile is saved next
    const onSuccess = () => setChanges(before => (before === changes ? {} : before));
    saving.mutate({ body: wanted }, { onSuccess });
  };
  return (
    <form onSubmit={save}>
      <Stack maw={480}>
        <TextInput
          label={say("name")}
          value={wanted.name}
          onChange={event => set({ name: event.currentTarget.value })}
          maxLength={100}
          required
          readOnly={!builds}
          withAsterisk={false}
        />
        <Select
          label={say("language")}
          description={say("languageHint")}
          value={wanted.language}
          onChange={value => value && set({ language: value })}
          data={languageChoices(settings.language, spoken)}
          allowDeselect={false}
          readOnly={!builds}
        />
        <Select
          label={say("zone")}
          description={say("zoneHint", { time: useTimeIn(wanted.time_zone) })}
          value={wanted.time_zone}
          onChange={value => value && set({ time_zone: value })}
          data={ZONES.includes(settings.time_zone) ? ZONES : [settings.time_zone, ...ZONES]}
          searchable
          limit={60}
          nothingFoundMessage={say("noZone")}
          allowDeselect={false}
          readOnly={!builds}
        />
        {saving.error && <ErrorNote error={saving.error} />}
        {builds ? (
          <Group gap="sm">
            <Button type="submit" loading={saving.isPending} disabled={!changed || !wanted.name.trim()}>
              {say("save")}
            </Button>
            <Text role="status" fz="sm" c="dimmed">
              {saving.isSuccess && !changed && say("saved")}
            </Text>
          </Group>
        ) : (
          <Text fz="sm" c="dimmed">
            {say("readOnly")}
          </Text>
        )}
      </Stack>
    </form>
  );
}

function useTimeIn(zone: string): string {
  const { language } = useLanguage();
  const now = useNow(15_000);
  try {
    return new Intl.DateTimeFormat(regional(language), { timeStyle: "short", timeZone: zone }).format(now);
  } catch {
    return "–"; // a zone that this browser has not heard of
  }
}

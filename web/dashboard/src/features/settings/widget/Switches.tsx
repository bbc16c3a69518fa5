import type { NewWidgetSettings } from "@deskhand/contract";
import { Alert, List, Stack, Switch, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { $api } from "../../../api/client";
import { useMayBuild } from "../../../app/session";
import { useTexts } from "../../../i18n/language";
import { Confirm } from "../../../ui/confirm";
import { ErrorNote } from "../../../ui/ErrorNote";
import { widget } from "./texts";

function useSwitching() {
  const queries = useQueryClient();
  const saving = $api.useMutation("put", "/v1/settings/widget", {
    onSuccess: data => queries.setQueryData(["get", "/v1/settings/widget"], data),
  });
  return { ...saving, put: (body: NewWidgetSettings) => saving.mutateAsync({ body }) };
}

/** The kill switch of all scripts: asks before it stops them, and tells what stops. */
export function Scripts({ on }: { on: boolean }) {
  const say = useTexts(widget);
  const builds = useMayBuild();
  const { put, error, isPending } = useSwitching();
  const [asked, setAsked] = useState(false);
  return (
    <Stack gap="xs">
      <Switch
        label={say("scripts")}
        description={say("scriptsHint")}
        checked={on}
        onChange={event => (event.currentTarget.checked ? void put({ scripts: true }).catch(() => {}) : setAsked(true))}
        disabled={!builds || isPending}
      />
      {!on && (
        <Alert color="yellow" p="xs" maw={680}>
          {say("scriptsOff")}
        </Alert>
      )}
      {error && !asked && <ErrorNote error={error} />}
      <Confirm
        opened={asked}
        close={() => setAsked(false)}
        title={say("stopTitle")}
        action={say("stop")}
        danger
        run={() => put({ scripts: false })}
      >
        <Text fz="sm">{say("stopText")}</Text>
        <List fz="sm" my="xs">
          {(["stopSent", "stopServed", "stopSteps"] as const).map(key => (
            <List.Item key={key}>{say(key)}</List.Item>
          ))}
        </List>
        <Text fz="sm">{say("stopLeft")}</Text>
      </Confirm>
    </Stack>
  );
}

/** Whether customers may send files. */
export function Attachments({ on }: { on: boolean }) {
  const say = useTexts(widget);
  const builds = useMayBuild();
  const { put, error, isPending } = useSwitching();
  return (
    <Stack gap="xs">
      <Switch
        label={say("attachments")}
        description={say("attachmentsHint")}
        checked={on}
        onChange={event => void put({ attachments: event.currentTarget.checked }).catch(() => {})}
        disabled={!builds || isPending}
      />
      {error && <ErrorNote error={error} />}
    </Stack>
  );
}

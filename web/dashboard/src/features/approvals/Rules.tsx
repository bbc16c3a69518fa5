import { Button, Popover, Stack, Switch, Text } from "@mantine/core";
import { IconUsers } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { $api, api } from "../../api/client";
import { useMe } from "../../app/session";
import { useTexts } from "../../i18n/language";
import { ErrorNote } from "../../ui/ErrorNote";
import { PATHS, RULES } from "./paths";
import { approvals } from "./texts";

/** What goes for all approvals of the workspace; an owner may change it, everybody may know it. */
export function Rules() {
  const say = useTexts(approvals);
  const me = useMe();
  const queries = useQueryClient();
  const { data, error, refetch } = $api.useQuery("get", RULES);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<unknown>(null);
  const change = async (four_eyes: boolean) => {
    setBusy(true);
    setRefused(null);
    try {
      await api.PUT("/v1/settings/approvals", { body: { four_eyes } });
      await queries.invalidateQueries({
        predicate: query => [RULES, ...PATHS].some(path => path === query.queryKey[1]),
      });
    } catch (thrown) {
      setRefused(thrown);
    } finally {
      setBusy(false);
    }
  };
  const owner = me.role === "owner";
  return (
    <Popover position="bottom-end" width={320} trapFocus>
      <Popover.Target>
        <Button variant="default" size="xs" leftSection={<IconUsers size={16} />}>
          {say("rules")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          <Switch
            label={say("fourEyes")}
            description={say("fourEyesText")}
            checked={data?.four_eyes ?? false}
            disabled={!owner || busy || !data}
            onChange={event => void change(event.currentTarget.checked)}
          />
          {!owner && (
            <Text fz="xs" c="dimmed">
              {say("ownersOnly")}
            </Text>
          )}
          {error && <ErrorNote error={error} retry={() => void refetch()} />}
          {refused !== null && <ErrorNote error={refused} />}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

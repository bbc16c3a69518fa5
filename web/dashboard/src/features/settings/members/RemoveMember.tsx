import type { Colleague } from "@deskhand/contract";
import { List, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { $api, api } from "../../../api/client";
import { useTexts } from "../../../i18n/language";
import { Confirm } from "../../../ui/confirm";
import { ErrorNote } from "../../../ui/ErrorNote";
import { members } from "./texts";

/** Asks before a member is taken out, and says which programs stop with them. */
export function RemoveMember({ of, close }: { of: Colleague; close: () => void }) {
  const say = useTexts(members);
  const queries = useQueryClient();
  const run = async () => {
    await api.DELETE("/v1/members/{id}", { params: { path: { id: of.id } } });
    const changed = of.you ? ["/v1/me"] : ["/v1/members", "/v1/invitations", "/v1/keys"];
    await Promise.all(changed.map(path => queries.invalidateQueries({ queryKey: ["get", path] })));
  };
  return (
    <Confirm opened close={close} title={say("removeTitle", { name: of.name })} action={say("remove")} danger run={run}>
      <Stack gap="xs">
        <div>{of.you ? say("removeSelf") : say("removeText", { name: of.name })}</div>
        <KeysOf member={of.id} />
      </Stack>
    </Confirm>
  );
}

function KeysOf({ member }: { member: string }) {
  const say = useTexts(members);
  const { data, error } = $api.useQuery("get", "/v1/keys");
  const keys = data?.items.filter(one => one.made_by === member && !one.revoked_at) ?? [];
  if (error) return <ErrorNote error={error} />;
  if (!keys.length) return null;
  return (
    <div>
      <Text fz="sm">{say("removeKeys")}</Text>
      <List fz="sm" fw={550}>
        {keys.map(one => (
          <List.Item key={one.id}>{one.name}</List.Item>
        ))}
      </List>
    </div>
  );
}

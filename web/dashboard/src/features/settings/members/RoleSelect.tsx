import type { Colleague } from "@deskhand/contract";
import { NativeSelect, Tooltip } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { $api, api } from "../../../api/client";
import { type Role, useMe } from "../../../app/session";
import { shell } from "../../../app/texts";
import { useTexts } from "../../../i18n/language";
import { Confirm } from "../../../ui/confirm";
import { sentence } from "../../../ui/ErrorNote";
import { ROLES } from "../RoleChoice";
import { members } from "./texts";

/** A member's role, which changes when another is chosen; giving up one's own is asked about first. */
export function RoleSelect({ of }: { of: Colleague }) {
  const say = useTexts(members);
  const shared = useTexts(shell);
  const me = useMe();
  const anew = useAnew();
  const [own, setOwn] = useState<Role | null>(null);
  const changing = $api.useMutation("patch", "/v1/members/{id}", { onSuccess: anew });
  const params = { path: { id: of.id } };
  const isOwner = me.role === "owner";
  const refused = of.role === "owner" && !isOwner;
  const choose = (role: Role) => (of.you ? setOwn(role) : changing.mutate({ params, body: { role } }));
  const demote = async (role: Role) => {
    await api.PATCH("/v1/members/{id}", { params, body: { role } });
    await anew();
  };
  return (
    <>
      <Tooltip label={say("ownersOnly")} disabled={!refused}>
        <NativeSelect
          size="xs"
          aria-label={say("roleOf", { name: of.name })}
          value={changing.isPending ? changing.variables.body.role : of.role}
          onChange={event => choose(event.currentTarget.value as Role)}
          disabled={refused || changing.isPending}
          error={changing.error ? sentence(changing.error) : undefined}
          data={ROLES.filter(role => role !== "owner" || isOwner || refused).map(role => ({
            value: role,
            label: shared(role),
          }))}
        />
      </Tooltip>
      {own && (
        <Confirm
          opened
          close={() => setOwn(null)}
          title={say("demoteTitle")}
          action={say("demote")}
          danger
          run={() => demote(own)}
        >
          {say("demoteText", { role: shared(own) })}
        </Confirm>
      )}
    </>
  );
}

function useAnew(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    await queries.invalidateQueries({ queryKey: ["get", "/v1/members"] });
    await queries.invalidateQueries({ queryKey: ["get", "/v1/me"] });
  };
}

import type { Invitation, InvitationList, MadeInvitation } from "@deskhand/contract";
import { Badge, Button, Divider, Group, Text, Tooltip } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { $api, api } from "../../../api/client";
import { useMe } from "../../../app/session";
import { shell } from "../../../app/texts";
import { useTexts } from "../../../i18n/language";
import { Confirm } from "../../../ui/confirm";
import { type Column, DataTable } from "../../../ui/DataTable";
import { ErrorNote } from "../../../ui/ErrorNote";
import { Loaded } from "../../../ui/Loaded";
import { Ago } from "../../../ui/time";
import { Section } from "../Section";
import { members } from "./texts";

interface Props {
  readonly query: { data: InvitationList | undefined; error: unknown; refetch: () => unknown };
  /** Shows a new link. */
  readonly show: (made: MadeInvitation) => void;
}

/** Who is invited and has not come yet. */
export function Invited({ query, show }: Props) {
  const say = useTexts(members);
  const [ending, setEnding] = useState<Invitation | null>(null);
  const renewing = $api.useMutation("post", "/v1/invitations/{id}/resend", { onSuccess: show });
  const renew = (one: Invitation) => renewing.mutate({ params: { path: { id: one.id } } });
  const columns = useColumns(renew, setEnding);
  return (
    <>
      <Divider my="xl" />
      <Section title={say("invited")} lead={say("invitedLead")}>
        {renewing.error && <ErrorNote error={renewing.error} />}
        <Loaded query={query}>
          {({ items }) => <DataTable label={say("invited")} rows={items} columns={columns} id={one => one.id} />}
        </Loaded>
      </Section>
      {ending && <TakeBack of={ending} close={() => setEnding(null)} />}
    </>
  );
}

function useColumns(renew: (one: Invitation) => void, end: (one: Invitation) => void): readonly Column<Invitation>[] {
  const say = useTexts(members);
  const shared = useTexts(shell);
  const me = useMe();
  const buttons = (one: Invitation) => {
    const refused = one.role === "owner" && me.role !== "owner";
    const look = { size: "compact-sm", variant: "subtle", disabled: refused } as const;
    return (
      <Tooltip label={say("ownersOnly")} disabled={!refused}>
        <Group gap={4} justify="flex-end" wrap="nowrap">
          <Button {...look} aria-label={say("renewNamed", { email: one.email })} onClick={() => renew(one)}>
            {say("renew")}
          </Button>
          <Button
            {...look}
            color="red"
            aria-label={say("takeBackNamed", { email: one.email })}
            onClick={() => end(one)}
          >
            {say("takeBack")}
          </Button>
        </Group>
      </Tooltip>
    );
  };
  return [
    {
      id: "email",
      title: say("email"),
      cell: one => (
        <Text span fz="sm" fw={550}>
          {one.email}
        </Text>
      ),
    },
    { id: "role", title: say("role"), cell: one => shared(one.role) },
    { id: "by", title: say("by"), cell: one => one.invited_by },
    {
      id: "expires",
      title: say("expires"),
      cell: one => (one.expired ? <Badge color="orange">{say("expired")}</Badge> : <Ago at={one.expires_at} />),
    },
    { id: "buttons", title: "", align: "right", cell: buttons },
  ];
}

function TakeBack({ of, close }: { of: Invitation; close: () => void }) {
  const say = useTexts(members);
  const queries = useQueryClient();
  const run = async () => {
    await api.DELETE("/v1/invitations/{id}", { params: { path: { id: of.id } } });
    await queries.invalidateQueries({ queryKey: ["get", "/v1/invitations"] });
  };
  return (
    <Confirm
      opened
      close={close}
      title={say("takeBackTitle", { email: of.email })}
      action={say("takeBack")}
      danger
      run={run}
    >
      {say("takeBackText")}
    </Confirm>
  );
}

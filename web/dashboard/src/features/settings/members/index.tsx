/** Settings, Members: who belongs to the workspace, who is invited. */

import type { Invitation, MadeInvitation } from "@deskhand/contract";
import { Button } from "@mantine/core";
import { IconUserPlus } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { $api } from "../../../api/client";
import { useMayBuild } from "../../../app/session";
import { useTexts } from "../../../i18n/language";
import { Loaded } from "../../../ui/Loaded";
import { Section } from "../Section";
import { InviteDialog } from "./InviteDialog";
import { Invited } from "./Invited";
import { People } from "./People";
import { members } from "./texts";

export default function Members() {
  const say = useTexts(members);
  const builds = useMayBuild();
  const queries = useQueryClient();
  const [dialog, setDialog] = useState<MadeInvitation | "new" | null>(null);
  const people = $api.useQuery("get", "/v1/members");
  const invited = $api.useQuery("get", "/v1/invitations", {}, { enabled: builds });
  const open: readonly Invitation[] = invited.data?.items ?? [];
  const show = (made: MadeInvitation) => {
    void queries.invalidateQueries({ queryKey: ["get", "/v1/invitations"] });
    setDialog(made);
  };
  const invite = (
    <Button leftSection={<IconUserPlus size={16} />} onClick={() => setDialog("new")}>
      {say("invite")}
    </Button>
  );
  return (
    <>
      <Section title={say("title")} lead={say("lead")} actions={builds && invite}>
        <Loaded query={people}>{({ items }) => <People items={items} action={builds && invite} />}</Loaded>
      </Section>
      {builds && (open.length > 0 || invited.error) && <Invited query={invited} show={show} />}
      {dialog && <InviteDialog made={dialog === "new" ? null : dialog} show={show} close={() => setDialog(null)} />}
    </>
  );
}

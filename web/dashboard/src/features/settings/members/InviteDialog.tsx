import type { MadeInvitation } from "@deskhand/contract";
import { Alert, Anchor, Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { IconMail, IconMailOff } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { Link } from "react-router";
import { $api } from "../../../api/client";
import { type Role, useMe } from "../../../app/session";
import { useLanguage, useTexts } from "../../../i18n/language";
import { ErrorNote } from "../../../ui/ErrorNote";
import { ui } from "../../../ui/texts";
import { exact } from "../../../ui/time";
import { Once } from "../Once";
import { RoleChoice } from "../RoleChoice";
import { members } from "./texts";

interface Props {
  /** The invitation whose link is shown; null asks whom to invite. */
  readonly made: MadeInvitation | null;
  readonly show: (made: MadeInvitation) => void;
  readonly close: () => void;
}

/** Asks whom to invite, then shows the link, once. */
export function InviteDialog({ made, show, close }: Props) {
  const say = useTexts(members);
  const title = made ? say("isInvited", { email: made.email }) : say("invite");
  return (
    <Modal
      opened
      onClose={close}
      title={<Text fw={650}>{title}</Text>}
      closeOnClickOutside={!made}
      closeOnEscape={!made}
    >
      {made ? <TheLink made={made} close={close} /> : <Asked show={show} close={close} />}
    </Modal>
  );
}

function Asked({ show, close }: Omit<Props, "made">) {
  const say = useTexts(members);
  const shared = useTexts(ui);
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("agent");
  const inviting = $api.useMutation("post", "/v1/invitations", { onSuccess: show });
  const invite = (event: FormEvent) => {
    event.preventDefault();
    inviting.mutate({ body: { email: email.trim(), role } });
  };
  const may = { agent: say("agentMay"), admin: say("adminMay"), owner: say("ownerMay") };
  return (
    <form onSubmit={invite} noValidate>
      <Stack>
        <TextInput
          label={say("email")}
          description={say("emailHint")}
          type="email"
          value={email}
          onChange={event => setEmail(event.currentTarget.value)}
          maxLength={254}
          autoComplete="off"
          data-autofocus
        />
        <RoleChoice label={say("may")} value={role} choose={setRole} may={may} />
        {inviting.error && <ErrorNote error={inviting.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close}>
            {shared("cancel")}
          </Button>
          <Button type="submit" loading={inviting.isPending} disabled={!email.trim()}>
            {say("send")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function TheLink({ made, close }: { made: MadeInvitation; close: () => void }) {
  const say = useTexts(members);
  const { language } = useLanguage();
  const me = useMe();
  const mailed = {
    sent: say("sent", { email: made.email }),
    mailbox: say("mailbox"),
    failed: say("failed", { reason: made.mail_problem ?? "" }),
  }[made.mail];
  return (
    <Stack>
      <Once label={say("link")} value={made.link} copy={say("copyLink")} />
      <Text fz="sm">{say("linkOnce", { until: exact(made.expires_at, language) })}</Text>
      <Alert
        color={made.mail === "sent" ? "teal" : "yellow"}
        icon={made.mail === "sent" ? <IconMail size={18} /> : <IconMailOff size={18} />}
        p="sm"
      >
        {mailed}{" "}
        {made.mail === "mailbox" && me.role === "owner" && (
          // in a tab of its own: the link above is shown this once; all but owners see it masked there
          <Anchor component={Link} to="/settings/mail" target="_blank" rel="noreferrer" fz="sm">
            {say("inMailbox")}
          </Anchor>
        )}
      </Alert>
      <Group justify="flex-end">
        <Button onClick={close}>{say("done")}</Button>
      </Group>
    </Stack>
  );
}

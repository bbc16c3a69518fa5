/** One's own profile: name, looks, password, where one is signed in. */

import { Divider, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useMe } from "../../app/session";
import { useTexts } from "../../i18n/language";
import { Page } from "../../ui/Page";
import { Looks } from "./Looks";
import { NameForm } from "./NameForm";
import { PasswordForm } from "./PasswordForm";
import { Sessions } from "./Sessions";
import { profile } from "./texts";

export default function Profile() {
  const say = useTexts(profile);
  const { member } = useMe();
  return (
    <Page title={say("title")} width="narrow">
      {member ? (
        <>
          <Part title={say("you")}>
            <NameForm member={member} />
          </Part>
          <Part title={say("looks")}>
            <Looks />
          </Part>
          <Part title={say("password")} lead={member.has_password ? say("passwordLead") : say("noPassword")}>
            {member.has_password && <PasswordForm email={member.email} />}
          </Part>
          <Part title={say("sessions")} lead={say("sessionsLead")} last>
            <Sessions />
          </Part>
        </>
      ) : (
        <Text>{say("asKey")}</Text>
      )}
    </Page>
  );
}

function Part({ title, lead, last, children }: { title: string; lead?: string; last?: boolean; children: ReactNode }) {
  return (
    <Stack component="section" gap="sm">
      <div>
        <Title order={2}>{title}</Title>
        {lead && (
          <Text c="dimmed" fz="sm">
            {lead}
          </Text>
        )}
      </div>
      {children}
      {!last && <Divider mt="md" />}
    </Stack>
  );
}

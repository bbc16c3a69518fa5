import type { MadeIdentitySecret, WidgetSettings } from "@deskhand/contract";
import { Alert, Badge, Button, Group, Modal, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { $api } from "../../../api/client";
import { useMayBuild } from "../../../app/session";
import { useLanguage, useTexts } from "../../../i18n/language";
import { Confirm } from "../../../ui/confirm";
import { ErrorNote } from "../../../ui/ErrorNote";
import { Ago, exact } from "../../../ui/time";
import { Once } from "../Once";
import { Section } from "../Section";
import { widget } from "./texts";

/** The identity secret: whether there is one, since when; made or replaced, it is shown this once. */
export function Identity({ settings }: { settings: WidgetSettings }) {
  const say = useTexts(widget);
  const { language } = useLanguage();
  const builds = useMayBuild();
  const queries = useQueryClient();
  const [asked, setAsked] = useState(false);
  const [made, setMade] = useState<MadeIdentitySecret | null>(null);
  const making = $api.useMutation("post", "/v1/settings/widget/identity-secret", {
    onSuccess: data => {
      setMade(data);
      void queries.invalidateQueries({ queryKey: ["get", "/v1/settings/widget"] });
    },
  });
  const { identity_secret_set_at: since, previous_identity_secret_until: until } = settings;
  const replace = builds && since !== null;
  return (
    <Section title={say("identity")} lead={say("identityLead")} below>
      <Group gap="sm">
        <Badge color={since ? "teal" : "gray"}>{say(since ? "isSet" : "notSet")}</Badge>
        {since && (
          <Text fz="sm" component="div">
            {say("made")} <Ago at={since} />
          </Text>
        )}
        {replace && (
          <Button variant="default" size="xs" onClick={() => setAsked(true)}>
            {say("replace")}
          </Button>
        )}
        {builds && since === null && (
          <Button size="xs" loading={making.isPending} onClick={() => making.mutate({})}>
            {say("make")}
          </Button>
        )}
      </Group>
      {until && <Text fz="sm">{say("previousUntil", { time: exact(until, language) })}</Text>}
      {!builds && (
        <Text fz="sm" c="dimmed">
          {say("readOnly")}
        </Text>
      )}
      {making.error && !asked && <ErrorNote error={making.error} />}
      <Confirm
        opened={asked}
        close={() => setAsked(false)}
        title={say("replaceTitle")}
        action={say("replace")}
        run={() => making.mutateAsync({})}
      >
        {say("replaceText")}
        {until && (
          <Alert color="yellow" p="xs" mt="xs">
            {say("replaceAgain")}
          </Alert>
        )}
      </Confirm>
      {made && <Made made={made} close={() => setMade(null)} />}
    </Section>
  );
}

function Made({ made, close }: { made: MadeIdentitySecret; close: () => void }) {
  const say = useTexts(widget);
  const { language } = useLanguage();
  return (
    <Modal
      opened
      onClose={close}
      closeOnClickOutside={false}
      closeOnEscape={false}
      title={<Text fw={650}>{say("identity")}</Text>}
    >
      <Stack>
        <Alert color="yellow" icon={<IconAlertTriangle size={18} />} p="sm">
          {say("once")}
        </Alert>
        <Once label={say("identity")} value={made.identity_secret} copy={say("copySecret")} />
        {made.previous_until && (
          <Text fz="sm">{say("previousUntil", { time: exact(made.previous_until, language) })}</Text>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {say("done")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

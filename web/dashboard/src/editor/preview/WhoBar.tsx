/** Whom one is in a preview that is going on, and how it is begun anew as somebody else. */

import { Alert, Anchor, Button, Group, Modal, Stack, Text, VisuallyHidden } from "@mantine/core";
import { IconUser, IconUserOff } from "@tabler/icons-react";
import { useState } from "react";
import { $api } from "../../api/client";
import { WhoFields } from "../../features/trying/WhoFields";
import { calledOf, type Who } from "../../features/trying/who";
import { useLanguage, useTexts } from "../../i18n/language";
import { Prose } from "../../ui/Prose";
import type { Draft } from "../panel";
import { preview as texts } from "./texts";

interface Props {
  readonly who: Who;
  readonly document: Draft;
  /** Why the audience keeps this customer out; null where it does not. */
  readonly notFor: string | null;
  readonly begin: (who: Who) => void;
}

export function WhoBar({ who, document, notFor, begin }: Props) {
  const say = useTexts(texts);
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Summary who={who} open={() => setOpened(true)} />
      {notFor && (
        <Alert color="yellow" role="status" icon={<IconUserOff size={18} />}>
          <Prose text={notFor} />{" "}
          <Anchor component="button" type="button" fz="sm" onClick={() => setOpened(true)}>
            {say("chooseCustomer")}
          </Anchor>
        </Alert>
      )}
      <Modal opened={opened} onClose={() => setOpened(false)} title={<Text fw={650}>{say("whoTitle")}</Text>}>
        <Choice
          who={who}
          document={document}
          begin={chosen => {
            setOpened(false);
            begin(chosen);
          }}
        />
      </Modal>
    </>
  );
}

/** One line that names them. */
function Summary({ who, open }: { who: Who; open: () => void }) {
  const say = useTexts(texts);
  const { language } = useLanguage();
  const agents = $api.useQuery("get", "/v1/agents", {}, { staleTime: 60_000 });
  const agent = agents.data?.items.find(one => one.slug === who.agent)?.name ?? who.agent;
  const spoken = who.language ?? language;
  const names = new Intl.DisplayNames(language, { type: "language" });
  const customer = who.contact ? calledOf(who.contact) : say("nobody");
  return (
    <Button
      variant="subtle"
      color="gray"
      size="compact-xs"
      leftSection={<IconUser size={14} />}
      onClick={open}
      style={{ alignSelf: "flex-start", maxWidth: "100%" }}
    >
      <VisuallyHidden>{say("whoTitle")}: </VisuallyHidden>
      {customer} · {agent} · {names.of(spoken) ?? spoken}
    </Button>
  );
}

function Choice({ who, document, begin }: Pick<Props, "who" | "document" | "begin">) {
  const say = useTexts(texts);
  const [chosen, choose] = useState(who);
  return (
    <Stack>
      <WhoFields who={chosen} change={choose} document={document} hint={say("whoHint")} />
      <Group justify="flex-end">
        <Button onClick={() => begin(chosen)}>{say("reset")}</Button>
      </Group>
    </Stack>
  );
}

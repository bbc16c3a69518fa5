/** One line that names whom something is tried as, and opens the choice of somebody else. */

import { Button, Modal, Stack, Text, VisuallyHidden } from "@mantine/core";
import { IconUser } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { $api } from "../../api/client";
import { WhoFields } from "../../features/trying/WhoFields";
import { calledOf, type Who } from "../../features/trying/who";
import { useLanguage, useTexts } from "../../i18n/language";
import type { Draft } from "../panel";
import { testing } from "./texts";

interface Props {
  readonly who: Who;
  readonly change: (who: Who) => void;
  readonly document: Draft;
}

export function TriedAs({ who, change, document }: Props) {
  const say = useTexts(testing);
  const [opened, setOpened] = useState(false);
  return (
    <>
      <WhoLine who={who} open={() => setOpened(true)} />
      <WhoDialog opened={opened} close={() => setOpened(false)}>
        <WhoFields who={who} change={change} document={document} hint={say("whoHint")} />
      </WhoDialog>
    </>
  );
}

/** The line by itself. */
export function WhoLine({ who, open }: { who: Who; open: () => void }) {
  const say = useTexts(testing);
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

/** The dialog in which they are chosen. */
export function WhoDialog(props: { opened: boolean; close: () => void; children: ReactNode }) {
  const say = useTexts(testing);
  return (
    <Modal opened={props.opened} onClose={props.close} title={<Text fw={650}>{say("whoTitle")}</Text>}>
      <Stack>{props.children}</Stack>
    </Modal>
  );
}

/** Whom one is in a preview that is going on, and how it is begun anew as somebody else. */

import { Alert, Anchor, Button, Group } from "@mantine/core";
import { IconUserOff } from "@tabler/icons-react";
import { useState } from "react";
import { WhoFields } from "../../features/trying/WhoFields";
import type { Who } from "../../features/trying/who";
import { useTexts } from "../../i18n/language";
import { Prose } from "../../ui/Prose";
import type { Draft } from "../panel";
import { WhoDialog, WhoLine } from "../testing/TriedAs";
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
      <WhoLine who={who} open={() => setOpened(true)} />
      {notFor && (
        <Alert color="yellow" role="status" icon={<IconUserOff size={18} />}>
          <Prose text={notFor} />{" "}
          <Anchor
            component="button"
            type="button"
            inherit
            c="inherit"
            underline="always"
            onClick={() => setOpened(true)}
          >
            {say("chooseCustomer")}
          </Anchor>
        </Alert>
      )}
      <WhoDialog opened={opened} close={() => setOpened(false)}>
        <Choice
          who={who}
          document={document}
          begin={chosen => {
            setOpened(false);
            begin(chosen);
          }}
        />
      </WhoDialog>
    </>
  );
}

function Choice({ who, document, begin }: Pick<Props, "who" | "document" | "begin">) {
  const say = useTexts(texts);
  const [chosen, choose] = useState(who);
  return (
    <>
      <WhoFields who={chosen} change={choose} document={document} hint={say("whoHint")} />
      <Group justify="flex-end">
        <Button onClick={() => begin(chosen)}>{say("reset")}</Button>
      </Group>
    </>
  );
}

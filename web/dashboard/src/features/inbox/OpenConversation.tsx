/** One conversation of the inbox with what is known of its customer beside it, or in a drawer where it is narrow. */

import "../../app/allStyles";
import { Drawer } from "@mantine/core";
import type { RefObject } from "react";
import { useTexts } from "../../i18n/language";
import { ConversationPane, type PaneKeys } from "./ConversationPane";
import { Details } from "./Details";
import classes from "./Inbox.module.css";
import { inbox } from "./texts";

interface Props {
  readonly id: string;
  readonly keys: RefObject<PaneKeys | null>;
  /** Where the list is, on a phone. */
  readonly back: string | null;
  /** Where the details are shown, if they are. */
  readonly details: "beside" | "drawer" | null;
  readonly toggle: () => void;
  readonly onResolved: () => void;
}

export default function OpenConversation({ id, keys, back, details, toggle, onResolved }: Props) {
  const say = useTexts(inbox);
  return (
    <>
      <ConversationPane id={id} keys={keys} back={back} details={toggle} onResolved={onResolved} />
      {details === "beside" && (
        <aside className={`${classes.pane} ${classes.side}`} aria-label={say("details")}>
          <Details id={id} />
        </aside>
      )}
      <Drawer
        opened={details === "drawer"}
        onClose={toggle}
        position="right"
        size={340}
        title={say("details")}
        padding={0}
      >
        <Details id={id} />
      </Drawer>
    </>
  );
}

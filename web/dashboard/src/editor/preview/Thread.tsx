/** What was said in a preview, with what a customer can do about it: rate answers, pick suggestions, begin. */

import type { Entry, Preview } from "@deskhand/contract";
import { Button } from "@mantine/core";
import { Fragment } from "react";
import { sideOf, text } from "../../features/talk/entries";
import { Message } from "../../features/talk/Message";
import { useTexts } from "../../i18n/language";
import classes from "./Preview.module.css";
import { Thumbs } from "./Thumbs";
import { preview as texts } from "./texts";
import type { Happening } from "./usePreview";
import { Why } from "./Why";

interface Props {
  readonly preview: Preview;
  /** Whether it shows what was understood, and the steps. */
  readonly why: boolean;
  readonly busy: boolean;
  readonly happen: (event: Happening) => void;
}

export function Thread({ preview, why, busy, happen }: Props) {
  const say = useTexts(texts);
  const { entries, menu } = preview;
  const picking = { busy, pick: (text: string) => happen({ kind: "message", text }) };
  const last = entries.findLast(heard)?.seq ?? 0;
  let before: string | null = null;
  return (
    <div className={classes.thread} role="log" aria-busy={busy}>
      {entries.map(entry => {
        const side = sideOf(entry);
        if (!side) return <Fragment key={entry.seq}>{why && <Why entry={entry} />}</Fragment>;
        const named = side !== before;
        before = side;
        return (
          <Message
            key={entry.seq}
            entry={inWords(entry, menu)}
            named={named}
            picking={entry.seq > last ? picking : undefined}
          >
            {entry.kind === "say" && <Thumbs entry={entry} entries={entries} busy={busy} happen={happen} />}
          </Message>
        );
      })}
      {entries.length === 0 && (
        <div className={classes.first}>
          <Button variant="light" size="xs" disabled={busy} onClick={() => happen({ kind: "start", arguments: {} })}>
            {say("startDirectly")}
          </Button>
        </div>
      )}
    </div>
  );
}

const HEARD = new Set(["said", "clicked", "form_submitted", "component_returned"]);

/** Whether the customer did something: suggestions from before it are gone. */
function heard(entry: Entry): boolean {
  return HEARD.has(entry.kind);
}

/** A click in the menu names what was clicked there. */
function inWords(entry: Entry, menu: Preview["menu"]): Entry {
  if (entry.kind !== "clicked" || text(entry, "question") !== "menu") return entry;
  const item = menu.find(one => one.procedure === text(entry, "choice"));
  return item ? { ...entry, body: { ...entry.body, choice: item.name } } : entry;
}

/** The messages of a conversation, from old to new; it stays at the end while one is there. */

import type { Conversation, Entry, Somebody } from "@deskhand/contract";
import { Button, Center } from "@mantine/core";
import { IconArrowDown } from "@tabler/icons-react";
import { Fragment, type ReactNode, useLayoutEffect, useRef, useState } from "react";
import { useTexts } from "../../i18n/language";
import { sideOf } from "../talk/entries";
import { Day, Message } from "../talk/Message";
import bubbles from "../talk/Message.module.css";
import classes from "./Inbox.module.css";
import { nameOf } from "./names";
import { inbox } from "./texts";
import type { Talk } from "./useTalk";

const NEAR = 80;

interface Props {
  readonly talk: Talk;
  readonly conversation: Conversation;
  readonly others: readonly Somebody[];
  readonly children: ReactNode;
}

export function Thread({ talk, conversation, others, children }: Props) {
  const say = useTexts(inbox);
  const scroller = useRef<HTMLDivElement>(null);
  const [away, setAway] = useState(false);
  const kept = useRef({ first: 0, height: 0 });
  const first = talk.entries[0]?.seq ?? 0;
  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box) return;
    if (kept.current.first > first && first > 0) box.scrollTop += box.scrollHeight - kept.current.height;
    else if (!away) box.scrollTop = box.scrollHeight;
    kept.current = { first, height: box.scrollHeight };
  });
  const toEnd = () => {
    setAway(false);
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  };
  const customer = nameOf(conversation);
  return (
    <>
      <div
        ref={scroller}
        className={classes.thread}
        onScroll={event => {
          const { scrollHeight, scrollTop, clientHeight } = event.currentTarget;
          setAway(scrollHeight - scrollTop - clientHeight > NEAR);
        }}
        role="log"
        aria-label={say("about")}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        tabIndex={0}
      >
        <div className={classes.messages}>
          {talk.earlier && (
            <Center>
              <Button size="compact-sm" variant="subtle" onClick={talk.earlier}>
                {say("earlier")}
              </Button>
            </Center>
          )}
          <Messages entries={talk.entries} customer={customer} />
          {talk.writing && (
            <div className={`${bubbles.row} ${bubbles.agent}`}>
              <span className={bubbles.meta}>{say("writing")}</span>
              <div className={bubbles.bubble}>{talk.writing}</div>
            </div>
          )}
          {children}
          {away && (
            <Button
              className={classes.newest}
              size="xs"
              variant="default"
              leftSection={<IconArrowDown size={14} />}
              onClick={toEnd}
            >
              {say("newest")}
            </Button>
          )}
        </div>
      </div>
      <div className={classes.hint} aria-live="polite">
        <Present others={others} open={talk.open || talk.entries.length > 0} />
      </div>
    </>
  );
}

/** Messages with the days between them; a name stands only where it changes. */
export function Messages({ entries, customer }: { entries: readonly Entry[]; customer?: string }) {
  const shown = entries.filter(entry => sideOf(entry) !== null);
  return shown.map((entry, at) => {
    const before = shown[at - 1];
    const newDay = !before || new Date(before.at).toDateString() !== new Date(entry.at).toDateString();
    return (
      <Fragment key={entry.seq}>
        {newDay && <Day at={entry.at} />}
        <Message entry={entry} named={newDay || speaker(before) !== speaker(entry)} customer={customer} />
      </Fragment>
    );
  });
}

function speaker(entry: Entry | undefined): string {
  return entry ? `${sideOf(entry)} ${String(entry.body.by ?? "")}` : "";
}

function Present({ others, open }: { others: readonly Somebody[]; open: boolean }) {
  const say = useTexts(inbox);
  if (!open) return say("reconnecting");
  const customer = others.some(one => one.side === "customer" && one.doing === "typing");
  const typing = others.filter(one => one.side === "member" && one.doing === "typing").map(one => one.by);
  const looking = others.filter(one => one.side === "member" && one.doing === "looking").map(one => one.by);
  const sentences = [
    customer && say("customerTyping"),
    typing.length > 0 && say(typing.length > 1 ? "areTyping" : "isTyping", { names: typing.join(", ") }),
    looking.length > 0 && say("alsoLooking", { names: looking.join(", ") }),
  ];
  return sentences.filter(Boolean).join(" · ");
}

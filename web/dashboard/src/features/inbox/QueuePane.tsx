/** The left pane: the queues with their numbers, and the conversations of the one that is open. */

import { Title } from "@mantine/core";
import { IconCircleCheck, IconCoffee, IconInbox, IconRobot, IconUserQuestion } from "@tabler/icons-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import { Link } from "react-router";
import { useTexts } from "../../i18n/language";
import { Empty } from "../../ui/Empty";
import { ErrorNote } from "../../ui/ErrorNote";
import { TalkButton } from "../../ui/TalkButton";
import { Waiting } from "../../ui/Waiting";
import classes from "./Inbox.module.css";
import { usePresenceHints } from "./presence";
import { QueueItem } from "./QueueItem";
import { inbox, QUEUES, type Queue } from "./texts";
import type { QueueList } from "./useQueue";

const HEIGHT = 84;
/** Rows before the end at which the next page is fetched. */
const AHEAD = 10;

interface Props {
  readonly queue: Queue;
  readonly list: QueueList;
  readonly open: string | null;
  readonly to: (conversation: string | null) => string;
}

export function QueuePane({ queue, list, open, to }: Props) {
  const say = useTexts(inbox);
  return (
    <section className={`${classes.pane} ${classes.side}`} aria-label={say("conversations")}>
      <div className={classes.top}>
        <Title order={1}>{say("title")}</Title>
      </div>
      <nav className={classes.queues} aria-label={say("queues")}>
        {QUEUES.map(name => (
          <Link
            key={name}
            to={`/inbox?queue=${name}`}
            className={classes.queue}
            aria-current={name === queue ? "page" : undefined}
            data-urgent={(name === "waiting" && !!list.counts?.waiting) || undefined}
          >
            <b>{list.counts?.[name] ?? "–"}</b>
            {say(name)}
          </Link>
        ))}
      </nav>
      {list.error && !list.items.length ? (
        <ErrorNote error={list.error} retry={list.retry} />
      ) : list.loading ? (
        <div style={{ padding: 12 }}>
          <Waiting rows={8} />
        </div>
      ) : list.items.length ? (
        <Rows list={list} open={open} to={to} queue={queue} />
      ) : (
        <Nothing queue={queue} />
      )}
    </section>
  );
}

function Rows({ list, open, to, queue }: Props) {
  const say = useTexts(inbox);
  const scroller = useRef<HTMLElement>(null);
  const people = usePresenceHints();
  const rows = useVirtualizer({
    count: list.items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => HEIGHT,
    overscan: 8,
  });
  const shown = rows.getVirtualItems();
  const lowest = shown.at(-1)?.index ?? 0;
  const { more, loadingMore, items } = list;
  useEffect(() => {
    if (more && !loadingMore && lowest >= items.length - AHEAD) more();
  }, [more, loadingMore, lowest, items.length]);
  const at = items.findIndex(one => one.conversation === open);
  // biome-ignore lint/correctness/useExhaustiveDependencies: where the open one is, is brought into view once
  useEffect(() => {
    if (at >= 0) rows.scrollToIndex(at, { align: "auto" });
  }, [open]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section ref={scroller} className={classes.list} tabIndex={0} aria-label={say(queue)}>
      <ul className={classes.spacer} style={{ height: rows.getTotalSize() }}>
        {shown.map(row => {
          const item = items[row.index];
          return (
            item && (
              <li key={item.conversation} className={classes.slot} style={{ transform: `translateY(${row.start}px)` }}>
                <QueueItem
                  item={item}
                  people={people.get(item.conversation) ?? item.present}
                  open={item.conversation === open}
                  to={to(item.conversation)}
                />
              </li>
            )
          );
        })}
      </ul>
    </section>
  );
}

const NOTHING = {
  mine: { icon: IconCoffee, title: "emptyMine", text: "emptyMineText" },
  unassigned: { icon: IconCircleCheck, title: "emptyUnassigned", text: "emptyUnassignedText" },
  waiting: { icon: IconUserQuestion, title: "emptyWaiting", text: "emptyWaitingText" },
  agent: { icon: IconRobot, title: "emptyAgent", text: "emptyAgentText" },
  all: { icon: IconInbox, title: "emptyAll", text: "emptyAllText" },
  resolved: { icon: IconCircleCheck, title: "emptyResolved", text: "emptyResolvedText" },
} as const;

function Nothing({ queue }: { queue: Queue }) {
  const say = useTexts(inbox);
  const { icon, title, text } = NOTHING[queue];
  const tries = queue === "all" || queue === "agent";
  return (
    <Empty icon={icon} title={say(title)} action={tries && <TalkButton variant="light">{say("tryIt")}</TalkButton>}>
      {say(text)}
    </Empty>
  );
}

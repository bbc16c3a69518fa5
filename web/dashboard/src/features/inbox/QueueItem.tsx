/** One conversation in a queue. */

import type { InboxItem, Somebody } from "@deskhand/contract";
import { VisuallyHidden } from "@mantine/core";
import { memo } from "react";
import { Link } from "react-router";
import { useMe } from "../../app/session";
import { useLanguage, useTexts } from "../../i18n/language";
import type { Language } from "../../i18n/texts";
import { Ago, duration, useNow } from "../../ui/time";
import classes from "./Inbox.module.css";
import { inbox } from "./texts";

interface Props {
  readonly item: InboxItem;
  readonly people: readonly Somebody[];
  readonly open: boolean;
  readonly to: string;
}

export const QueueItem = memo(function QueueItem({ item, people, open, to }: Props) {
  const say = useTexts(inbox);
  const unread = item.unread && !open;
  return (
    <Link
      to={to}
      className={classes.item}
      aria-current={open ? "true" : undefined}
      data-unread={unread || undefined}
      data-conversation={item.conversation}
    >
      <div className={classes.line}>
        <span className={classes.name}>
          {unread && <span className={classes.dot} aria-hidden />}
          {item.name || say("unknown")}
          {unread && <VisuallyHidden> ({say("unread")})</VisuallyHidden>}
        </span>
        <span className={classes.time}>
          <Ago at={item.activity_at} short />
        </span>
      </div>
      <div className={classes.line}>
        <span className={classes.last}>
          <LastWords item={item} />
        </span>
      </div>
      <div className={classes.foot}>
        <Waits item={item} />
        <Typing people={people} />
        {item.assignee && <span className={classes.tag}>{item.assignee}</span>}
        {item.tags.slice(0, 3).map(tag => (
          <span key={tag} className={classes.tag}>
            {tag}
          </span>
        ))}
      </div>
    </Link>
  );
});

function LastWords({ item }: { item: InboxItem }) {
  const say = useTexts(inbox);
  const me = useMe();
  if (!item.last_by) return say("nothingSaid");
  const who = item.last_by === "agent" ? say("theAgent") : item.last_by === me.name ? say("you") : item.last_by;
  return item.last_by === "customer" ? item.last_text : `${who}: ${item.last_text}`;
}

function Waits({ item }: { item: InboxItem }) {
  const say = useTexts(inbox);
  const { language } = useLanguage();
  const now = useNow(30_000);
  if (!item.waits || !item.since) return null;
  const time = waited(now - Date.parse(item.since), language);
  return (
    <span className={classes.waits}>
      {say(item.waits === "reply" ? "waitsForReply" : "waitsForApproval", { time })}
    </span>
  );
}

function Typing({ people }: { people: readonly Somebody[] }) {
  const say = useTexts(inbox);
  const me = useMe();
  const now = useNow(2_000);
  const typing = people.filter(one => one.doing === "typing" && Date.parse(one.until) > now && one.by !== me.name);
  const [first] = typing;
  if (!first) return null;
  return <span>{first.side === "customer" ? say("customerTyping") : say("isTyping", { names: first.by })}</span>;
}

/** How long somebody has waited: in whole seconds at first, then in whole minutes. */
function waited(milliseconds: number, language: Language): string {
  const unit = milliseconds < 60_000 ? 1_000 : 60_000;
  return duration(Math.max(Math.floor(milliseconds / unit), 1) * unit, language);
}

/** One thing that happened: when, what it was, and all that is known of it. */

import type { TimelineItem, TimelineRun } from "@deskhand/contract";
import { ActionIcon, CopyButton, Tooltip } from "@mantine/core";
import { IconCheck, IconCode, IconLink, IconMessage, IconRoute, IconShieldCheck, IconUser } from "@tabler/icons-react";
import { useLanguage, useTexts } from "../../i18n/language";
import { Clock } from "../talk/Message";
import { talk } from "../talk/texts";
import { Body } from "./Body";
import classes from "./Conversation.module.css";
import { headingOf } from "./heading";
import { conversation } from "./texts";

const ICONS = {
  messages: IconMessage,
  engine: IconRoute,
  calls: IconCode,
  approvals: IconShieldCheck,
  people: IconUser,
} as const;

interface Props {
  readonly item: TimelineItem;
  readonly runs: readonly TimelineRun[];
  /** Whether the address names it. */
  readonly target: boolean;
  readonly customer: string;
}

export function Item({ item, runs, target }: Props) {
  const say = useTexts(conversation);
  const sayTalk = useTexts(talk);
  const { language } = useLanguage();
  const run = runs.find(one => one.id === item.run);
  const Picture = ICONS[item.group];
  return (
    <li
      id={item.id}
      className={classes.item}
      data-target={target || undefined}
      aria-current={target || undefined}
      tabIndex={target ? -1 : undefined}
      data-kind={item.kind}
      data-group={item.group}
    >
      <div className={classes.time}>
        <Clock at={item.at} seconds />
      </div>
      <span className={classes.mark} data-group={item.group}>
        <Picture size={13} aria-hidden />
      </span>
      <div className={classes.content}>
        <div className={classes.head}>
          <b>{headingOf(item, run, say, sayTalk, language)}</b>
          <LinkTo id={item.id} />
        </div>
        <Body item={item} />
      </div>
    </li>
  );
}

function LinkTo({ id }: { id: string }) {
  const say = useTexts(conversation);
  const sayTalk = useTexts(talk);
  const { origin, pathname, search } = window.location;
  return (
    <CopyButton value={`${origin}${pathname}${search}#${id}`}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? say("linkCopied") : sayTalk("link")}>
          <ActionIcon size="xs" className={classes.link} onClick={copy} aria-label={sayTalk("link")}>
            {copied ? <IconCheck size={13} /> : <IconLink size={13} />}
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  );
}

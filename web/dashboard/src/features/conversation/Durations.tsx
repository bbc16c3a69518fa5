/** Where the time went: for each thing that the customer did, what was done and what was waited for. */

import type { Span, TimelineItem } from "@deskhand/contract";
import { Text } from "@mantine/core";
import { Link } from "react-router";
import { useLanguage, useTexts } from "../../i18n/language";
import { duration, useNow } from "../../ui/time";
import { text } from "../talk/entries";
import { Clock } from "../talk/Message";
import classes from "./Conversation.module.css";
import { conversation } from "./texts";

export function Durations({ spans, items }: { spans: readonly Span[]; items: readonly TimelineItem[] }) {
  const say = useTexts(conversation);
  const shown = spans.filter(span => span.parts.length > 0);
  return (
    <section>
      <h2 className={classes.title}>{say("durations")}</h2>
      {shown.length === 0 && (
        <Text fz="sm" c="dimmed">
          {say("noDurations")}
        </Text>
      )}
      {shown.map(span => (
        <SpanOf key={span.entry} span={span} item={items.find(item => item.id === span.entry)} />
      ))}
    </section>
  );
}

function SpanOf({ span, item }: { span: Span; item: TimelineItem | undefined }) {
  const say = useTexts(conversation);
  const { language } = useLanguage();
  const now = useNow(5_000);
  const begin = Date.parse(span.began_at);
  const parts = span.parts.map(part => {
    const from = Date.parse(part.began_at);
    const to = part.ended_at === null ? now : Date.parse(part.ended_at);
    return { ...part, from: Math.max(from - begin, 0), took: Math.max(to - from, 0) };
  });
  const whole = Math.max(...parts.map(part => part.from + part.took), 1);
  return (
    <div className={classes.span}>
      <Text fz="xs" c="dimmed" truncate>
        <Clock at={span.began_at} seconds />{" "}
        {item && (text(item, "text") || text(item, "choice") || text(item, "procedure"))}
      </Text>
      {parts.map(part => (
        <Link
          key={`${part.entry} ${part.kind}`}
          to={{ search: location.search, hash: part.entry }}
          className={classes.part}
        >
          <span className={classes.label}>
            {say(`part_${part.kind}`)}
            {part.label && `: ${part.label}`}
          </span>
          <span>
            {duration(part.took, language)}
            {part.ended_at === null && `, ${say("goesOn")}`}
          </span>
          <span className={classes.track} aria-hidden>
            <span
              className={classes.bar}
              data-kind={part.kind}
              style={{
                display: "block",
                marginLeft: `${(part.from / whole) * 100}%`,
                width: `${(part.took / whole) * 100}%`,
              }}
            />
          </span>
        </Link>
      ))}
    </div>
  );
}

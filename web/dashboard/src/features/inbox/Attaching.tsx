/** Files beside the field: those of the reply, those on their way, and what became of the others. */

import { CloseButton, Progress, Text } from "@mantine/core";
import { IconPaperclip } from "@tabler/icons-react";
import { Unreachable } from "../../api/client";
import { useLanguage, useTexts } from "../../i18n/language";
import { sentence } from "../../ui/ErrorNote";
import { sizeText } from "../talk/attached";
import type { Files } from "./files";
import classes from "./Inbox.module.css";
import { inbox } from "./texts";

export function Attaching({ files }: { files: Files }) {
  const say = useTexts(inbox);
  const { language } = useLanguage();
  if (!files.done.length && !files.bringing.length) return null;
  return (
    <ul className={classes.attaching} aria-label={say("attached")}>
      {files.done.map(({ id, name, size }) => (
        <li key={id} className={classes.attached}>
          <IconPaperclip size={14} aria-hidden />
          <span className={classes.fileName}>{name}</span>
          <Text span fz="xs" c="dimmed">
            {sizeText(size, language)}
          </Text>
          <CloseButton size="xs" aria-label={say("takeAway", { name })} onClick={() => files.remove(id)} />
        </li>
      ))}
      {files.bringing.map(({ id, name, part, error }) => (
        <li key={id} className={classes.attached} data-failed={error ? "" : undefined}>
          <IconPaperclip size={14} aria-hidden />
          <span className={classes.fileName}>{name}</span>
          {error ? (
            <Text span fz="xs" role="alert">
              {error === "large" ? say("tooLarge") : error instanceof Unreachable ? say("lost") : sentence(error)}
            </Text>
          ) : (
            <Progress w={60} size="sm" value={part * 100} aria-label={say("beingBrought", { name })} />
          )}
          <CloseButton size="xs" aria-label={say("takeAway", { name })} onClick={() => files.remove(id)} />
        </li>
      ))}
    </ul>
  );
}

/** Files that came with a message, to be downloaded. */

import { Anchor, Text } from "@mantine/core";
import { IconFile } from "@tabler/icons-react";
import { createContext, type ReactNode, use } from "react";
import { useLanguage } from "../../i18n/language";
import { type Attached, addressOf, filesOf, sizeText, typeText } from "./attached";
import type { Entry } from "./entries";
import classes from "./Message.module.css";

const Context = createContext<string | null>(null);

/** Names the conversation that the entries below are of, so that their files can be fetched. */
export function OfConversation({ id, children }: { id: string; children: ReactNode }) {
  return <Context value={id}>{children}</Context>;
}

export function Files({ entry }: { entry: Entry }) {
  const conversation = use(Context);
  return <FileList files={filesOf(entry)} conversation={conversation} />;
}

/** conversation: where they can be fetched, if they can. */
export function FileList({ files, conversation }: { files: readonly Attached[]; conversation?: string | null }) {
  const { language } = useLanguage();
  if (!files.length) return null;
  return (
    <ul className={classes.files}>
      {files.map(file => (
        <li key={file.id} className={classes.file}>
          <IconFile size={14} aria-hidden />
          {conversation ? (
            <Anchor href={addressOf(conversation, file)} download={file.name} inherit>
              {file.name}
            </Anchor>
          ) : (
            <span>{file.name}</span>
          )}
          <Text span inherit fz="xs" className={classes.size}>
            {typeText(file.type)} · {sizeText(file.size, language)}
          </Text>
        </li>
      ))}
    </ul>
  );
}

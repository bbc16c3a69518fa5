/** What this member sent and the server does not have yet, with what stands in the way. */

import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { useTexts } from "../../i18n/language";
import { ui } from "../../ui/texts";
import { text } from "../talk/entries";
import { FileList } from "../talk/Files";
import { Words } from "../talk/Message";
import bubbles from "../talk/Message.module.css";
import type { Mode } from "./Composer";
import { keepDraft } from "./drafts";
import { keepFiles } from "./files";
import classes from "./Inbox.module.css";
import { type Sending, sendAgain, takeBack, useOutbox } from "./outbox";
import { inbox } from "./texts";

interface Props {
  readonly id: string;
  /** The last entry that stands above: whoever sends now has seen it. */
  readonly last: number;
  readonly edit: (mode: Mode) => void;
}

export function Outgoing({ id, last, edit }: Props) {
  return useOutbox(id).map(one => <One key={one.id} one={one} last={last} edit={edit} />);
}

function One({ one, last, edit }: { one: Sending; last: number; edit: (mode: Mode) => void }) {
  const say = useTexts(inbox);
  const general = useTexts(ui);
  const problem = one.problem ?? `${general("unreachable")}.`;
  const toDraft = () => {
    keepDraft(one.conversation, one.kind, one.text);
    keepFiles(one.conversation, one.files ?? []);
    takeBack(one.id);
    edit(one.kind);
  };
  return (
    <>
      <div className={`${bubbles.row} ${one.kind === "note" ? bubbles.note : bubbles.member} ${classes.pending}`}>
        <div className={bubbles.bubble}>
          {one.text}
          <FileList files={one.files ?? []} />
        </div>
        <span className={bubbles.meta} role="status">
          {one.state === "sending" ? say("sending") : one.state === "waiting" ? say("trying", { problem }) : null}
        </span>
      </div>
      {(one.state === "crossed" || one.state === "refused") && (
        <Alert color="orange" title={say(one.state, { problem })} role="alert" data-outgoing={one.state}>
          <Stack gap="xs">
            {one.entries?.map(entry => (
              <Text key={entry.seq} fz="sm" component="div">
                <Text span fw={600} fz="sm">
                  {say("meanwhile")}: {text(entry, "by")}{" "}
                </Text>
                <Words entry={entry} />
              </Text>
            ))}
            <Group gap="xs">
              <Button size="compact-sm" onClick={() => sendAgain(one.id, Math.max(last, newest(one)))}>
                {say(one.state === "crossed" ? "sendAnyway" : "tryAgain")}
              </Button>
              <Button size="compact-sm" variant="default" onClick={toDraft}>
                {say("edit")}
              </Button>
              <Button size="compact-sm" variant="subtle" color="gray" onClick={() => takeBack(one.id)}>
                {say("discard")}
              </Button>
            </Group>
          </Stack>
        </Alert>
      )}
    </>
  );
}

/** The last of what came in between, which stands in the note and so was seen. */
function newest(one: Sending): number {
  return one.entries?.at(-1)?.seq ?? 0;
}

/** Where members write: to the customer, to each other, to the team's assistant. */

import type { Conversation } from "@deskhand/contract";
import { ActionIcon, Button, FileButton, Group, SegmentedControl, Text, Textarea, Tooltip } from "@mantine/core";
import { IconNote, IconPaperclip, IconSend } from "@tabler/icons-react";
import {
  type ClipboardEvent,
  type DragEvent,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useState,
} from "react";
import { useTexts } from "../../i18n/language";
import { Attaching } from "./Attaching";
import { useDraft } from "./drafts";
import { MOST, useFiles } from "./files";
import classes from "./Inbox.module.css";
import { type Kind, send } from "./outbox";
import { inbox } from "./texts";

export type Mode = Kind | "assistant";

interface Props {
  readonly conversation: Conversation;
  readonly mode: Mode;
  readonly setMode: (mode: Mode) => void;
  readonly field: RefObject<HTMLTextAreaElement | null>;
  /** The last entry that the member sees. */
  readonly last: number;
  readonly onTyping: (typing: boolean) => void;
  /** Where the assistant is asked. */
  readonly children?: ReactNode;
}

/** Between the messages and where one writes: to whom that goes, and the field for it. */
export function Composer({ conversation, mode, setMode, children, ...rest }: Props) {
  const say = useTexts(inbox);
  return (
    <div className={classes.composer} data-mode={mode}>
      <Group justify="space-between" mb={6} gap="xs">
        <SegmentedControl
          size="xs"
          value={mode}
          onChange={value => setMode(value as Mode)}
          data={[
            { value: "reply", label: say("reply") },
            { value: "note", label: say("note") },
            { value: "assistant", label: say("assistant") },
          ]}
        />
        <Text fz="xs" c="dimmed">
          <Hint conversation={conversation} mode={mode} />
        </Text>
      </Group>
      {mode === "assistant" ? children : <Field key={mode} conversation={conversation} kind={mode} {...rest} />}
    </div>
  );
}

function Hint({ conversation, mode }: { conversation: Conversation; mode: Mode }) {
  const say = useTexts(inbox);
  if (mode === "note") return say("noteHint");
  if (mode === "assistant") return null;
  if (conversation.status === "resolved") return say("replyReopens");
  return conversation.mode === "agent" ? say("replyTakesOver") : say("replyHint");
}

interface FieldProps {
  readonly conversation: Conversation;
  readonly kind: Kind;
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly last: number;
  readonly onTyping: (typing: boolean) => void;
}

function Field({ conversation, kind, field, last, onTyping }: FieldProps) {
  const say = useTexts(inbox);
  const [text, setText] = useDraft(conversation.id, kind);
  const files = useFiles(conversation.id);
  const [dropping, setDropping] = useState(false);
  const [tooMany, setTooMany] = useState(false);
  const note = kind === "note";
  const attaching = !note && conversation.files;
  const carried = attaching ? files.done : [];
  const onItsWay = attaching && files.bringing.some(one => !one.error);
  const ready = !onItsWay && (text.trim() !== "" || carried.length > 0);
  const submit = () => {
    if (!ready) return;
    send(conversation.id, kind, text.trim(), last, carried);
    setText("");
    if (attaching) files.clear();
    setTooMany(false);
    onTyping(false);
  };
  const add = (added: readonly File[]) => {
    setTooMany(carried.length + added.length > MOST);
    files.add(added);
    field.current?.focus();
  };
  const dragged = ({ dataTransfer }: DragEvent) => attaching && dataTransfer.types.includes("Files");
  const over = (event: DragEvent) => {
    if (!dragged(event)) return;
    event.preventDefault();
    setDropping(true);
  };
  const drop = (event: DragEvent) => {
    setDropping(false);
    if (!dragged(event)) return;
    event.preventDefault();
    add([...event.dataTransfer.files]);
  };
  const paste = (event: ClipboardEvent) => {
    const pasted = [...event.clipboardData.files];
    // what was copied in a spreadsheet is a picture as well: there the words are meant
    if (!attaching || !pasted.length || event.clipboardData.types.includes("text/plain")) return;
    event.preventDefault();
    add(pasted);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === "Escape") field.current?.blur();
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    submit();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the same can be done with the button
    <div
      className={dropping ? classes.dropping : undefined}
      onDragOver={over}
      onDragLeave={() => setDropping(false)}
      onDrop={drop}
    >
      {attaching && <Attaching files={files} />}
      {tooMany && (
        <Text fz="xs" mb={6} role="alert">
          {say("mostFiles", { count: MOST })}
        </Text>
      )}
      <Group align="flex-end" gap="xs" wrap="nowrap">
        {attaching && (
          <FileButton multiple onChange={add}>
            {props => (
              <Tooltip label={say("attach")}>
                <ActionIcon {...props} variant="default" size={36} aria-label={say("attach")}>
                  <IconPaperclip size={18} />
                </ActionIcon>
              </Tooltip>
            )}
          </FileButton>
        )}
        <Textarea
          ref={field}
          className={note ? classes.noting : undefined}
          style={{ flex: 1 }}
          autosize
          minRows={2}
          maxRows={10}
          maxLength={10_000}
          value={text}
          aria-label={say(note ? "noteFor" : "replyTo")}
          placeholder={say(note ? "noteFor" : "replyTo")}
          onChange={event => {
            setText(event.currentTarget.value);
            onTyping(event.currentTarget.value.trim() !== "");
          }}
          onKeyDown={press}
          onPaste={paste}
        />
        <Button onClick={submit} disabled={!ready} leftSection={note ? <IconNote size={16} /> : <IconSend size={16} />}>
          {say(note ? "saveNote" : "send")}
        </Button>
      </Group>
    </div>
  );
}

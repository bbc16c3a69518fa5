/** Where members write: to the customer, to each other, to the team's assistant. */

import type { Conversation } from "@deskhand/contract";
import { Button, Group, SegmentedControl, Text, Textarea } from "@mantine/core";
import { IconNote, IconSend } from "@tabler/icons-react";
import type { KeyboardEvent, ReactNode, RefObject } from "react";
import { useTexts } from "../../i18n/language";
import { useDraft } from "./drafts";
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
  const note = kind === "note";
  const submit = () => {
    if (!text.trim()) return;
    send(conversation.id, kind, text.trim(), last);
    setText("");
    onTyping(false);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === "Escape") field.current?.blur();
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    submit();
  };
  return (
    <Group align="flex-end" gap="xs" wrap="nowrap">
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
      />
      <Button
        onClick={submit}
        disabled={!text.trim()}
        leftSection={note ? <IconNote size={16} /> : <IconSend size={16} />}
      >
        {say(note ? "saveNote" : "send")}
      </Button>
    </Group>
  );
}

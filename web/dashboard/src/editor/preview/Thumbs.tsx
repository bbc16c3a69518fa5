/** The customer's thumbs for what the agent said; a thumb down may say why. */

import type { Entry } from "@deskhand/contract";
import { ActionIcon, Button, Group, Stack, TextInput } from "@mantine/core";
import { IconThumbDown, IconThumbUp } from "@tabler/icons-react";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { text } from "../../features/talk/entries";
import { useTexts } from "../../i18n/language";
import { preview as texts } from "./texts";
import type { Happening } from "./usePreview";

interface Props {
  readonly entry: Entry;
  readonly entries: readonly Entry[];
  readonly busy: boolean;
  readonly happen: (event: Happening) => void;
}

export function Thumbs({ entry, entries, busy, happen }: Props) {
  const say = useTexts(texts);
  const [asking, setAsking] = useState(false);
  const given = entries.findLast(one => one.kind === "feedback" && one.body.about === entry.seq);
  const reaction = given && text(given, "reaction");
  const rate = (reaction: "positive" | "negative", reason = "") => {
    setAsking(false);
    happen({ kind: "feedback", reaction, about: entry.seq, reason });
  };
  return (
    <Stack gap={4} align="flex-end">
      <Group gap={2}>
        <ActionIcon
          size="sm"
          aria-label={say("helpful")}
          aria-pressed={reaction === "positive"}
          color={reaction === "positive" ? "teal" : "gray"}
          disabled={busy}
          onClick={() => rate("positive")}
        >
          <IconThumbUp size={14} />
        </ActionIcon>
        <ActionIcon
          size="sm"
          aria-label={say("unhelpful")}
          aria-pressed={reaction === "negative"}
          aria-expanded={asking}
          color={reaction === "negative" ? "red" : "gray"}
          disabled={busy}
          onClick={() => setAsking(!asking)}
        >
          <IconThumbDown size={14} />
        </ActionIcon>
      </Group>
      {asking && <Reason send={reason => rate("negative", reason)} />}
    </Stack>
  );
}

function Reason({ send }: { send: (reason: string) => void }) {
  const say = useTexts(texts);
  const [reason, setReason] = useState("");
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send(reason.trim());
  };
  return (
    <Group gap={6} component="form" onSubmit={submit} wrap="nowrap">
      <TextInput
        size="xs"
        aria-label={say("reason")}
        placeholder={say("reason")}
        value={reason}
        maxLength={2000}
        autoComplete="off"
        ref={field}
        onChange={event => setReason(event.currentTarget.value)}
      />
      <Button type="submit" size="xs">
        {say("rate")}
      </Button>
    </Group>
  );
}

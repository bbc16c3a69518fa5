/** The panel beside the canvas in which one is the customer, and the draft answers. */

import type { Entry } from "@deskhand/contract";
import { ActionIcon, Alert, Anchor, Button, Group, Stack, Switch, Text, TextInput, Tooltip } from "@mantine/core";
import { IconMessageChatbot, IconRefresh, IconSend } from "@tabler/icons-react";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { Problem } from "../../api/client";
import { useMayBuild } from "../../app/session";
import { sideOf } from "../../features/talk/entries";
import { Message } from "../../features/talk/Message";
import { useLanguage, useTexts } from "../../i18n/language";
import { Empty } from "../../ui/Empty";
import type { PanelProps } from "../panel";
import { Outcome } from "../testing/Outcome";
import { Refusal } from "../testing/Refusal";
import { useShown } from "../testing/shown";
import { usePainted } from "../testing/useSimulation";
import { CallSettings } from "./CallSettings";
import { Done } from "./Done";
import classes from "./Preview.module.css";
import { Standing } from "./Standing";
import { preview as texts } from "./texts";
import { type Settings, usePreview } from "./usePreview";
import { Why } from "./Why";

export default function PreviewPanel(panel: PanelProps) {
  const say = useTexts(texts);
  if (!useMayBuild()) return <Alert color="gray">{say("agentCannot")}</Alert>;
  return <Talk {...panel} />;
}

function Talk({ slug, document, onPaint, onSelect }: PanelProps) {
  const say = useTexts(texts);
  const { language } = useLanguage();
  const [settings, setSettings] = useState<Settings>({ calls: "mock", mocks: {}, language });
  const [why, setWhy] = useState(true);
  const open = usePreview(slug, document, settings);
  const { preview, busy, error } = open;
  const [ref, shown] = useShown();
  usePainted(preview?.paint, slug, preview ? preview.paint.visits.length - 1 : null, onPaint, shown);
  const end = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is new is brought into view
  useEffect(() => {
    end.current?.scrollIntoView({ block: "nearest" });
  }, [preview?.entries.length]);
  const set = (changed: Settings) => {
    setSettings(changed);
    void open.change(changed);
  };
  const gone = error instanceof Problem && error.status === 404;
  if (!preview)
    return (
      <Stack ref={ref} gap="sm">
        {error !== null && !gone && <Refusal error={error} onSelect={onSelect} />}
        <Empty
          icon={IconMessageChatbot}
          title={say("beginTitle")}
          action={
            <Group gap={6}>
              <Button loading={busy} onClick={() => void open.begin()}>
                {say("begin")}
              </Button>
              <CallSettings document={document} settings={settings} change={setSettings} />
            </Group>
          }
        >
          {gone ? say("gone") : say("beginText")}
        </Empty>
      </Stack>
    );
  return (
    <Stack ref={ref} gap="sm">
      <Group justify="space-between" gap={6}>
        <Switch size="xs" label={say("why")} checked={why} onChange={event => setWhy(event.currentTarget.checked)} />
        <Group gap={4}>
          {preview.outcome && <Outcome outcome={preview.outcome} />}
          <CallSettings document={document} settings={settings} change={set} />
          <Tooltip label={say("reset")}>
            <ActionIcon aria-label={say("reset")} onClick={() => void open.begin()}>
              <IconRefresh size={18} />
            </ActionIcon>
          </Tooltip>
        </Group>
      </Group>
      {open.document !== document && (
        <Text fz="xs" c="dimmed">
          {say("stale")}{" "}
          <Anchor component="button" fz="xs" onClick={() => void open.begin()}>
            {say("reset")}
          </Anchor>
        </Text>
      )}
      <div className={classes.thread} role="log" aria-busy={busy}>
        <Thread entries={preview.entries} why={why} />
        {preview.entries.length === 0 && (
          <Button
            variant="light"
            size="xs"
            onClick={() => void open.happen({ kind: "start", arguments: {} })}
            style={{ alignSelf: "center" }}
          >
            {say("startDirectly")}
          </Button>
        )}
      </div>
      <Standing preview={preview} busy={busy} happen={event => void open.happen(event)} />
      {error !== null && <Refusal error={error} onSelect={onSelect} />}
      <div ref={end} className={classes.end} />
      <Write busy={busy} send={text => void open.happen({ kind: "message", text })} />
      <Done preview={preview} />
    </Stack>
  );
}

function Thread({ entries, why }: { entries: readonly Entry[]; why: boolean }) {
  let before: string | null = null;
  return entries.map(entry => {
    const side = sideOf(entry);
    if (!side) return why && <Why key={entry.seq} entry={entry} />;
    const named = side !== before;
    before = side;
    return <Message key={entry.seq} entry={entry} named={named} />;
  });
}

function Write({ busy, send }: { busy: boolean; send: (text: string) => void }) {
  const say = useTexts(texts);
  const [text, setText] = useState("");
  const [meant, setMeant] = useState(false); // said while something else was under way: sent after it
  useEffect(() => {
    if (!meant || busy) return;
    setMeant(false);
    setText("");
    send(text.trim());
  }, [meant, busy, text, send]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim()) setMeant(true);
  };
  return (
    <form className={classes.bottom} onSubmit={submit}>
      <TextInput
        value={text}
        onChange={event => setText(event.currentTarget.value)}
        placeholder={say("say")}
        aria-label={say("say")}
        autoComplete="off"
        rightSection={
          <ActionIcon type="submit" aria-label={say("send")} loading={busy} variant="subtle" color="desk">
            <IconSend size={16} />
          </ActionIcon>
        }
      />
    </form>
  );
}

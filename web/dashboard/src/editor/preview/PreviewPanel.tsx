/** The panel beside the canvas in which one is the customer, and the draft answers. */

import { ActionIcon, Alert, Anchor, Button, Group, Stack, Switch, Text, Tooltip } from "@mantine/core";
import { IconMessageChatbot, IconRefresh } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { Problem } from "../../api/client";
import { useMayBuild } from "../../app/session";
import { WhoFields } from "../../features/trying/WhoFields";
import type { Who } from "../../features/trying/who";
import { useTexts } from "../../i18n/language";
import { Empty } from "../../ui/Empty";
import type { PanelProps } from "../panel";
import { useKeptWho } from "../testing/kept";
import { Outcome } from "../testing/Outcome";
import { Refusal } from "../testing/Refusal";
import { useShown } from "../testing/shown";
import { usePainted } from "../testing/useSimulation";
import { CallSettings } from "./CallSettings";
import { Done } from "./Done";
import classes from "./Preview.module.css";
import { Standing } from "./Standing";
import { Thread } from "./Thread";
import { preview as texts } from "./texts";
import { type Happening, type Settings, usePreview } from "./usePreview";
import { WhoBar } from "./WhoBar";
import { Write } from "./Write";

export default function PreviewPanel(panel: PanelProps) {
  const say = useTexts(texts);
  if (!useMayBuild()) return <Alert color="gray">{say("agentCannot")}</Alert>;
  return <Talk {...panel} />;
}

function Talk({ slug, document, onPaint, onSelect }: PanelProps) {
  const say = useTexts(texts);
  const [settings, setSettings] = useState<Settings>({ calls: "mock", mocks: {} });
  const [who, keepWho] = useKeptWho(slug);
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
  const beginAs = (chosen: Who) => {
    keepWho(chosen);
    void open.begin(chosen);
  };
  const begin = () => beginAs(who);
  const happen = (event: Happening) => void open.happen(event);
  const gone = error instanceof Problem && error.status === 404;
  if (!preview)
    return (
      <Stack ref={ref} gap="sm">
        {error !== null && !gone && <Refusal error={error} onSelect={onSelect} />}
        <Empty
          icon={IconMessageChatbot}
          title={say("beginTitle")}
          action={
            <Stack gap="md" w={360} maw="100%" ta="start">
              <WhoFields who={who} change={keepWho} document={document} hint={say("whoHint")} />
              <Group gap={6} justify="center">
                <Button loading={busy} onClick={begin}>
                  {say("begin")}
                </Button>
                <CallSettings document={document} settings={settings} change={setSettings} />
              </Group>
            </Stack>
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
            <ActionIcon aria-label={say("reset")} onClick={begin}>
              <IconRefresh size={18} />
            </ActionIcon>
          </Tooltip>
        </Group>
      </Group>
      <WhoBar who={who} document={document} notFor={preview.not_for} begin={beginAs} />
      {open.document !== document && (
        <Text fz="xs" c="dimmed">
          {say("stale")}{" "}
          <Anchor component="button" fz="xs" onClick={begin}>
            {say("reset")}
          </Anchor>
        </Text>
      )}
      <Thread preview={preview} why={why} busy={busy} happen={happen} />
      <Standing preview={preview} busy={busy} happen={happen} />
      {error !== null && <Refusal error={error} onSelect={onSelect} />}
      <div ref={end} className={classes.end} />
      <Write preview={preview} busy={busy} happen={happen} />
      <Done preview={preview} />
    </Stack>
  );
}

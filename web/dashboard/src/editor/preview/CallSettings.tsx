/** How calls are answered in a preview: by mocks, one by one, or really where they only read. */

import { ActionIcon, Popover, SegmentedControl, Stack, Text } from "@mantine/core";
import { IconAdjustments } from "@tabler/icons-react";
import { useTexts } from "../../i18n/language";
import { type Draft, stepsOf } from "../panel";
import { Mock } from "../testing/Mock";
import { preview as texts } from "./texts";
import type { Calls, Settings } from "./usePreview";

interface Props {
  readonly document: Draft;
  readonly settings: Settings;
  readonly change: (settings: Settings) => void;
}

const HINTS = { mock: "mockHint", ask: "askHint", read: "readHint" } as const;

export function CallSettings({ document, settings, change }: Props) {
  const say = useTexts(texts);
  const calls = stepsOf(document).filter(one => one.kind === "call" || one.kind === "tool");
  const put = (step: string, mock: Settings["mocks"][string] | null) => {
    const { [step]: _, ...others } = settings.mocks;
    change({ ...settings, mocks: mock ? { ...others, [step]: mock } : others });
  };
  return (
    <Popover width={340} position="bottom-end" withArrow trapFocus>
      <Popover.Target>
        <ActionIcon aria-label={say("settings")} title={say("settings")}>
          <IconAdjustments size={18} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm">
          <Text fz="sm" fw={600}>
            {say("settings")}
          </Text>
          <SegmentedControl
            size="xs"
            fullWidth
            value={settings.calls}
            onChange={one => change({ ...settings, calls: one as Calls })}
            data={[
              { value: "mock", label: say("mock") },
              { value: "ask", label: say("ask") },
              { value: "read", label: say("read") },
            ]}
          />
          <Text fz="xs" c="dimmed">
            {say(HINTS[settings.calls])}
          </Text>
          {calls.length > 0 && (
            <Stack gap={6} mah={260} style={{ overflowY: "auto" }}>
              <Text fz="xs" fw={600}>
                {say("mocksOf")}
              </Text>
              {calls.map(one => (
                <Mock
                  key={one.id}
                  label={one.id}
                  mock={settings.mocks[one.id]}
                  sample={one.sample_response}
                  onChange={mock => put(one.id, mock)}
                />
              ))}
            </Stack>
          )}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

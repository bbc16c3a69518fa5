import { ActionIcon, Group, Text, Tooltip } from "@mantine/core";
import {
  type Icon,
  IconPlayerSkipBack,
  IconPlayerSkipForward,
  IconPlayerTrackNext,
  IconPlayerTrackPrev,
} from "@tabler/icons-react";
import { useTexts } from "../../i18n/language";
import { testing } from "./texts";

interface Props {
  readonly place: number;
  readonly length: number;
  readonly go: (to: number) => void;
}

/** Goes through a way step by step, back and forth. */
export function Player({ place, length, go }: Props) {
  const say = useTexts(testing);
  const button = (Shown: Icon, label: string, to: number) => (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} disabled={to === place || to < 0 || to >= length} onClick={() => go(to)}>
        <Shown size={16} />
      </ActionIcon>
    </Tooltip>
  );
  return (
    <Group gap={2} wrap="nowrap">
      {button(IconPlayerSkipBack, say("first"), 0)}
      {button(IconPlayerTrackPrev, say("previous"), place - 1)}
      <Text fz="xs" c="dimmed" miw={56} ta="center" aria-live="polite">
        {say("stepOf", { at: place + 1, all: length })}
      </Text>
      {button(IconPlayerTrackNext, say("next"), place + 1)}
      {button(IconPlayerSkipForward, say("last"), length - 1)}
    </Group>
  );
}

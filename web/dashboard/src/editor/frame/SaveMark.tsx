/** Whether the server has everything, and why not. */

import { Button, Group, Popover, Stack, Text, Tooltip } from "@mantine/core";
import { IconAlertTriangle, IconCloudCheck, IconCloudUp, IconUsers } from "@tabler/icons-react";
import { useLanguage, useTexts } from "../../i18n/language";
import { sentence } from "../../ui/ErrorNote";
import { useDraft, useDraftState } from "../context";
import { editor } from "../texts";

export function SaveMark({ resolve }: { resolve: () => void }) {
  const say = useTexts(editor);
  const { language } = useLanguage();
  const save = useDraftState(state => state.save);
  const draft = useDraft();
  if (save.kind === "conflict") {
    return (
      <Button
        size="xs"
        color="orange"
        variant="light"
        leftSection={<IconUsers size={15} />}
        onClick={resolve}
        maw={260}
        data-save="conflict"
      >
        {say("conflict", { who: save.theirs.saved_by ?? say("somebody") })}
      </Button>
    );
  }
  if (save.kind === "failed") {
    const why = `${sentence(save.error)} ${save.retries ? say("retrying") : ""}`.trim();
    return (
      <Popover position="bottom-end" withArrow>
        <Popover.Target>
          <Button
            size="xs"
            color="red"
            variant="light"
            leftSection={<IconAlertTriangle size={15} />}
            data-save="failed"
          >
            {say("failed")}
          </Button>
        </Popover.Target>
        <Popover.Dropdown maw={320}>
          <Stack gap="xs" align="flex-start">
            <Text fz="sm">{say("failedHint", { why })}</Text>
            <Button size="xs" variant="default" onClick={() => void draft.flush()}>
              {say("retry")}
            </Button>
          </Stack>
        </Popover.Dropdown>
      </Popover>
    );
  }
  const saved = save.kind === "saved";
  const Icon = saved ? IconCloudCheck : IconCloudUp;
  const at = saved ? new Date(save.at).toLocaleTimeString(language) : "";
  return (
    <Tooltip label={saved ? say("savedAt", { at }) : say(save.kind)}>
      <Group gap={4} wrap="nowrap" data-save={save.kind} role="status">
        <Icon size={16} aria-hidden />
        <Text fz="xs" c="dimmed" visibleFrom="sm">
          {say(save.kind)}
        </Text>
      </Group>
    </Tooltip>
  );
}

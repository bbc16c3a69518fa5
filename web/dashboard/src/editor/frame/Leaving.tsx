/** Warns before the page is left while the server does not have everything. */

import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useEffect } from "react";
import { useBlocker } from "react-router";
import { useTexts } from "../../i18n/language";
import { useDraft, useDraftState } from "../context";
import { editor } from "../texts";

export function Leaving() {
  const say = useTexts(editor);
  const draft = useDraft();
  const unsaved = useDraftState(state => state.save.kind !== "saved" || state.broken !== null);
  const stuck = () => {
    const { save, broken } = draft.get();
    return save.kind === "failed" || save.kind === "conflict" || broken !== null;
  };
  // what only waits for its moment is saved on the way out
  const blocker = useBlocker(({ currentLocation, nextLocation }) => {
    return stuck() && currentLocation.pathname !== nextLocation.pathname;
  });
  useEffect(() => {
    if (!unsaved) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [unsaved]);
  if (blocker.state !== "blocked") return null;
  return (
    <Modal opened onClose={() => blocker.reset()} title={<Text fw={650}>{say("leaveTitle")}</Text>}>
      <Stack>
        <Text fz="sm">{say("leaveText")}</Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={() => blocker.proceed()}>
            {say("leave")}
          </Button>
          <Button onClick={() => blocker.reset()} data-autofocus>
            {say("stay")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useEffect } from "react";
import { useBlocker } from "react-router";
import { useTexts } from "../../i18n/language";
import { ui } from "../../ui/texts";
import { actions } from "./texts";

interface Props {
  /** Whether something is not saved. */
  readonly when: boolean;
  /** Addresses that keep what was typed. */
  readonly within: string;
}

/** Asks before unsaved changes are left behind, also when the tab is closed. */
export function LeaveGuard({ when, within }: Props) {
  const say = useTexts(actions);
  const shared = useTexts(ui);
  const blocker = useBlocker(
    ({ nextLocation: { pathname } }) => when && pathname !== within && !pathname.startsWith(`${within}/`),
  );
  useEffect(() => {
    if (!when) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [when]);
  return (
    <Modal
      opened={blocker.state === "blocked"}
      onClose={() => blocker.reset?.()}
      title={<Text fw={650}>{say("leave")}</Text>}
    >
      <Stack>
        <Text fz="sm">{say("leaveText")}</Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={() => blocker.reset?.()} data-autofocus>
            {shared("cancel")}
          </Button>
          <Button color="red" onClick={() => blocker.proceed?.()}>
            {say("leaveGo")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

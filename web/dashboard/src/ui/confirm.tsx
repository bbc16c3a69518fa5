/** Asks before something that cannot be undone: `confirm({ title, text, action, run })`. */

import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTexts } from "../i18n/language";
import { ErrorNote } from "./ErrorNote";
import { ui } from "./texts";

interface Props {
  readonly opened: boolean;
  readonly close: () => void;
  readonly title: string;
  /** What will happen, and what cannot be undone of it. */
  readonly children: ReactNode;
  /** The verb on the button. */
  readonly action: string;
  readonly danger?: boolean;
  /** What it does; what this throws is shown in the dialog, which stays open then. */
  readonly run: () => Promise<unknown>;
}

/** A dialog that asks; it stays open and says why when what was confirmed failed. */
export function Confirm({ opened, close, title, children, action, danger, run }: Props) {
  const say = useTexts(ui);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const go = async () => {
    setBusy(true);
    setError(null);
    try {
      await run();
      close();
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal opened={opened} onClose={close} title={<Text fw={650}>{title}</Text>}>
      <Stack>
        <Text fz="sm" component="div">
          {children}
        </Text>
        {error !== null && <ErrorNote error={error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close}>
            {say("cancel")}
          </Button>
          <Button color={danger ? "red" : undefined} loading={busy} onClick={() => void go()} data-autofocus>
            {action}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

import type { Approval } from "@deskhand/contract";
import { Button, Chip, Group, Modal, Stack, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTexts } from "../../i18n/language";
import { ErrorNote } from "../../ui/ErrorNote";
import { ui } from "../../ui/texts";
import { approvals } from "./texts";

const PRESETS = ["preset_rules", "preset_details", "preset_done", "preset_fraud", "preset_person"] as const;

interface Props {
  readonly approval: Approval;
  readonly close: () => void;
  /** What it throws is shown here, and what was typed stays. */
  readonly reject: (reason: string) => Promise<unknown>;
}

/** Asks for the reason; a click on a preset writes it, and it can be written on. */
export function RejectDialog({ approval, close, reject }: Props) {
  const say = useTexts(approvals);
  const common = useTexts(ui);
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const send = async () => {
    if (!reason.trim()) {
      setMissing(true);
      return;
    }
    setBusy(true);
    setError(null);
    try {
      await reject(reason.trim());
      close();
    } catch (thrown) {
      setError(thrown);
      setBusy(false);
    }
  };
  return (
    <Modal
      opened
      onClose={close}
      title={<Text fw={650}>{say("rejectTitle", { what: approval.card.description })}</Text>}
      size="lg"
    >
      <Stack>
        <Text fz="sm" c="dimmed">
          {say("rejectLead")}
        </Text>
        <Group gap={6}>
          {PRESETS.map(preset => (
            <Chip
              key={preset}
              size="xs"
              checked={reason.startsWith(say(preset))}
              onChange={() => {
                setMissing(false);
                setReason(say(preset));
              }}
            >
              {say(preset)}
            </Chip>
          ))}
        </Group>
        <Textarea
          label={say("reason")}
          value={reason}
          onChange={event => {
            setMissing(false);
            setReason(event.currentTarget.value);
          }}
          onKeyDown={event => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void send();
          }}
          error={missing ? say("reasonMissing") : undefined}
          maxLength={10_000}
          minRows={3}
          autosize
          data-autofocus
          required
        />
        {error !== null && <ErrorNote error={error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close}>
            {common("cancel")}
          </Button>
          <Button color="red" loading={busy} onClick={() => void send()}>
            {say("reject")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

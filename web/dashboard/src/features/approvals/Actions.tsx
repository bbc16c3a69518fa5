/** The buttons of a card, with what keeps them from being pressed. */

import type { Approval } from "@deskhand/contract";
import { Button, Kbd, Stack, Text, Tooltip } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconCheck, IconPencil, IconX } from "@tabler/icons-react";
import { useShortcuts } from "../../app/shortcuts";
import { useTexts } from "../../i18n/language";
import { Confirm } from "../../ui/confirm";
import classes from "./approvals.module.css";
import type { Decision } from "./deciding";
import { EditDialog } from "./EditDialog";
import { RejectDialog } from "./RejectDialog";
import { whyNot } from "./shared";
import { approvals } from "./texts";

interface Props {
  readonly approval: Approval;
  /** Takes a decision; what it throws is shown where it was made. */
  readonly decide: (decision: Decision) => Promise<unknown>;
  readonly busy: boolean;
  /** Whether A, E and R work: for the one card that a screen is about. */
  readonly keys?: boolean;
}

export function Actions(props: Props) {
  const say = useTexts(approvals);
  const { approval } = props;
  if (approval.status !== "pending") return null;
  const refused = whyNot(approval, say);
  return (
    <div className={`${classes.part} ${classes.actions}`}>
      {refused ? (
        <Text fz="sm" role="note">
          {refused}
        </Text>
      ) : approval.about === "outcome" ? (
        <OutcomeActions {...props} />
      ) : (
        <ApprovalActions {...props} />
      )}
    </div>
  );
}

function ApprovalActions({ approval, decide, busy, keys }: Props) {
  const say = useTexts(approvals);
  const [rejecting, reject] = useDisclosure(false);
  const [editing, edit] = useDisclosure(false);
  const held = approval.conversation_with === "member";
  const editable = approval.card.editable.length > 0 && !held;
  const approve = () => {
    if (!held && !busy && !rejecting && !editing) void decide({ kind: "approve" });
  };
  useShortcuts(
    say("keys"),
    keys
      ? [
          { key: "a", label: say("keyApprove"), run: approve },
          { key: "e", label: say("keyEdit"), run: () => editable && !busy && edit.open() },
          { key: "r", label: say("keyReject"), run: () => !busy && reject.open() },
        ]
      : [],
  );
  return (
    <Stack gap="xs">
      {held && (
        <Text fz="sm" role="note">
          {say("withMember")}
        </Text>
      )}
      <div className={classes.buttons}>
        <Button
          color="green"
          size="md"
          leftSection={<IconCheck size={18} />}
          rightSection={keys && <Key name="A" />}
          onClick={approve}
          disabled={held}
          loading={busy}
        >
          {say("approve")}
        </Button>
        <Button
          variant="default"
          size="md"
          leftSection={<IconPencil size={18} />}
          onClick={edit.open}
          disabled={!editable || busy}
          title={approval.card.editable.length ? undefined : say("cannotEdit")}
        >
          {say("edit")}
        </Button>
        <Button
          variant="light"
          color="red"
          size="md"
          leftSection={<IconX size={18} />}
          rightSection={keys && <Key name="R" />}
          onClick={reject.open}
          disabled={busy}
        >
          {say("reject")}
        </Button>
      </div>
      {rejecting && (
        <RejectDialog approval={approval} close={reject.close} reject={reason => decide({ kind: "reject", reason })} />
      )}
      {editing && (
        <EditDialog approval={approval} close={edit.close} approve={values => decide({ kind: "approve", values })} />
      )}
    </Stack>
  );
}

function OutcomeActions({ decide, busy }: Props) {
  const say = useTexts(approvals);
  const [asking, ask] = useDisclosure(false);
  return (
    <div className={`${classes.buttons} ${classes.long}`}>
      <Tooltip label={say("happenedHint")} multiline maw={300}>
        <Button color="green" size="md" disabled={busy} onClick={() => void decide({ kind: "happened" })}>
          {say("happened")}
        </Button>
      </Tooltip>
      <Tooltip label={say("retryHint")} multiline maw={300}>
        <Button variant="default" size="md" disabled={busy} onClick={ask.open}>
          {say("retry")}
        </Button>
      </Tooltip>
      <Tooltip label={say("takeOverHint")} multiline maw={300}>
        <Button
          variant="light"
          color="orange"
          size="md"
          disabled={busy}
          onClick={() => void decide({ kind: "take_over" })}
        >
          {say("takeOver")}
        </Button>
      </Tooltip>
      <Confirm
        opened={asking}
        close={ask.close}
        title={say("retryTitle")}
        action={say("retryGo")}
        danger
        run={() => decide({ kind: "retry" })}
      >
        {say("retryText")}
      </Confirm>
    </div>
  );
}

function Key({ name }: { name: string }) {
  return (
    <Kbd size="xs" visibleFrom="sm" aria-hidden>
      {name}
    </Kbd>
  );
}

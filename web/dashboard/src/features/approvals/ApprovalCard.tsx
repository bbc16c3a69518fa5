/** The card of one approval, wherever it is shown: what is asked, and the buttons to decide it. */

import type { Approval, ApprovalDetail } from "@deskhand/contract";
import { Alert } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { $api } from "../../api/client";
import { useLive } from "../../api/live";
import { Problem } from "../../api/problem";
import { useTexts } from "../../i18n/language";
import { ErrorNote } from "../../ui/ErrorNote";
import { Loaded } from "../../ui/Loaded";
import { Waiting } from "../../ui/Waiting";
import { Actions } from "./Actions";
import classes from "./approvals.module.css";
import { Collected, Edits, Head, Standing, useAgo, Words } from "./CardParts";
import { type Decision, type Done, useDecide } from "./deciding";
import { ONE } from "./paths";
import { RequestShown } from "./RequestShown";
import { decision as decisionOf } from "./shared";
import { approvals } from "./texts";

interface Props {
  readonly id: string;
  /** Called when a decision was taken. */
  readonly onDecided?: (approval: Approval, done: Done) => void;
  /** In place of deciding here: a list that goes on to the next one at once. */
  readonly onDecide?: (approval: Approval, decision: Decision) => Promise<unknown>;
  /** Whether A, E and R work: for the one card that a screen is about. */
  readonly keys?: boolean;
  /** The heading's level. */
  readonly level?: 2 | 3;
  /** In place of an approval that there is not. */
  readonly missing?: ReactNode;
}

/** An approval by its id: it is fetched, followed, and can be decided here. */
export function ApprovalCard({ id, missing, ...props }: Props) {
  const query = $api.useQuery("get", ONE, { params: { path: { id } } });
  useLive([ONE], hint => hint.body.approvals === true || hint.body.conversation === query.data?.conversation);
  if (missing && query.error instanceof Problem && query.error.status === 404) return missing;
  return (
    <Loaded query={query} waiting={<Waiting rows={8} />}>
      {approval => <Shown key={approval.id} approval={approval} {...props} />}
    </Loaded>
  );
}

function Shown({
  approval,
  onDecided,
  onDecide,
  keys,
  level,
}: Omit<Props, "id" | "missing"> & { approval: ApprovalDetail }) {
  const decide = useDecide();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const take = async (decision: Decision) => {
    setError(null);
    if (onDecide) return onDecide(approval, decision);
    setBusy(true);
    try {
      const done = await decide(approval, decision); // not within the call: without a listener it would not be made
      onDecided?.(approval, done);
    } catch (thrown) {
      // dialogs show what was thrown themselves; a button has no other place for it
      if (decision.kind === "approve" && !decision.values) setError(thrown);
      else if (decision.kind === "happened" || decision.kind === "take_over") setError(thrown);
      else throw thrown;
    } finally {
      setBusy(false);
    }
  };
  return (
    <article className={classes.card} aria-label={approval.card.description} data-status={approval.status}>
      <Head approval={approval} level={level} />
      {error !== null && (
        <div className={classes.part}>
          <Refused error={error} approval={approval} />
        </div>
      )}
      <Standing approval={approval} />
      <Words approval={approval} />
      <Edits approval={approval} />
      <RequestShown approval={approval} />
      <Collected approval={approval} />
      <Actions approval={approval} decide={take} busy={busy} keys={keys} />
    </article>
  );
}

/** Why a decision was not taken; where somebody else was faster, who that was and when. */
export function Refused({ error, approval }: { error: unknown; approval: Approval }) {
  const say = useTexts(approvals);
  const ago = useAgo(approval.decided_at);
  const faster = error instanceof Problem && error.conflicts && approval.status !== "pending";
  if (!faster) return <ErrorNote error={error} />;
  return (
    <Alert color="orange" title={say("alreadyTitle")} role="alert">
      {decisionOf(approval, ago, say)}
    </Alert>
  );
}

/** What waits for a member's decision in this conversation, where it is talked about. */

import type { Conversation } from "@deskhand/contract";
import { $api } from "../../api/client";
import { useLive } from "../../api/live";
import { ErrorNote } from "../../ui/ErrorNote";
import { ApprovalCard } from "../approvals/ApprovalCard";

/** The cards of what waits; `run` tells which runs are meant. */
export function Approvals({
  conversation,
  runs,
}: {
  conversation: Conversation;
  runs: readonly { readonly id: string }[];
}) {
  const { id } = conversation;
  const query = $api.useQuery("get", "/v1/approvals", { params: { query: { conversation: id } } });
  useLive(["/v1/approvals"], hint => hint.body.conversation === id);
  if (query.error) return <ErrorNote error={query.error} retry={() => void query.refetch()} />;
  const wanted = new Set(runs.map(run => run.id));
  return query.data?.items
    .filter(approval => wanted.has(approval.run))
    .map(approval => (
      <div key={approval.id} data-approval={approval.id}>
        <ApprovalCard id={approval.id} level={3} />
      </div>
    ));
}

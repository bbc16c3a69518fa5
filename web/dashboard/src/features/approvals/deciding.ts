/** Deciding: the requests, and what to say of what came of them. */

import type { Approval, Receipt } from "@deskhand/contract";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { api } from "../../api/client";
import { PATHS } from "./paths";

export type Decision =
  | { readonly kind: "approve"; readonly values?: Readonly<Record<string, string | null>> }
  | { readonly kind: "reject"; readonly reason: string }
  | { readonly kind: "happened" | "retry" | "take_over" };

export type Done =
  | "doneApproved"
  | "doneEdited"
  | "doneAsked"
  | "doneSaved"
  | "doneRejected"
  | "doneHappened"
  | "doneRetried"
  | "doneTakenOver"
  | "doneLapsed";

/** Sends a decision and gives what came of it; what the server refuses is thrown. */
export function useDecide(): (approval: Approval, decision: Decision) => Promise<Done> {
  const queries = useQueryClient();
  return useCallback(
    async (approval, decision) => {
      try {
        return outcome(await send(approval, decision), decision);
      } finally {
        void queries.invalidateQueries({ predicate: query => PATHS.some(path => path === query.queryKey[1]) });
      }
    },
    [queries],
  );
}

async function send(approval: Approval, decision: Decision): Promise<Receipt | undefined> {
  // the decision counts as soon as it is committed; what it sets going is followed live
  const params = { path: { id: approval.id }, query: { wait: 0 } };
  const event_id = crypto.randomUUID();
  switch (decision.kind) {
    case "approve": {
      const body = { event_id, values: { ...decision.values }, based_on: approval.revision };
      return (await api.POST("/v1/approvals/{id}/approve", { params, body })).data;
    }
    case "reject":
      return (await api.POST("/v1/approvals/{id}/reject", { params, body: { event_id, reason: decision.reason } }))
        .data;
    default:
      return (await api.POST("/v1/approvals/{id}/outcome", { params, body: { event_id, decision: decision.kind } }))
        .data;
  }
}

function outcome(receipt: Receipt | undefined, decision: Decision): Done {
  const entries = receipt?.entries ?? [];
  const closed = entries.find(entry => entry.kind === "approval_closed")?.body.status;
  switch (decision.kind) {
    case "approve":
      if (closed === "lapsed") return "doneLapsed";
      if (!Object.keys(decision.values ?? {}).length) return "doneApproved";
      if (closed === undefined && entries.some(entry => entry.kind === "approval_edited")) return "doneSaved";
      return entries.some(entry => entry.kind === "ask") ? "doneAsked" : "doneEdited";
    case "reject":
      return "doneRejected";
    case "happened":
      return "doneHappened";
    case "retry":
      return "doneRetried";
    case "take_over":
      return "doneTakenOver";
  }
}

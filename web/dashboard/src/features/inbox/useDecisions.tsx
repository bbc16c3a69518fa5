/** Taking over, handing back and resolving, none of which passes over what somebody wrote meanwhile. */

import type { Conversation } from "@deskhand/contract";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api, Problem } from "../../api/client";

type What = "take-over" | "hand-back" | "resolve";

export interface Decisions {
  readonly takeOver: () => void;
  readonly handBack: () => void;
  readonly resolve: (next: boolean) => void;
  readonly busy: What | null;
  /** Why the last one was not done. */
  readonly error: unknown;
  /** Do it although somebody wrote; undefined where that is not why it failed. */
  readonly anyway: (() => void) | undefined;
  readonly forget: () => void;
}

export function useDecisions(conversation: Conversation, last: number, onResolved: () => void): Decisions {
  const { id } = conversation;
  const queries = useQueryClient();
  const [busy, setBusy] = useState<What | null>(null);
  const [failed, setFailed] = useState<{ error: unknown; what: What; next: boolean } | null>(null);
  const [wanted, setWanted] = useState<{ what: What; next: boolean } | null>(null);
  const decide = async (what: What, next = false) => {
    if (busy) return setWanted({ what, next });
    setBusy(what);
    setFailed(null);
    try {
      await post(id, what, last);
      if (what === "resolve" && next) onResolved();
      await queries.invalidateQueries({
        predicate: query => query.queryKey[1] === "/v1/inbox" || query.queryKey[1] === "/v1/conversations/{id}",
      });
    } catch (error) {
      setFailed({ error, what, next });
    } finally {
      setBusy(null);
    }
  };
  // what was decided while another decision was under way follows it, unless that one failed
  useEffect(() => {
    if (!wanted || busy) return;
    setWanted(null);
    if (!failed) void decide(wanted.what, wanted.next);
  });
  const crossed = failed?.error instanceof Problem && failed.error.type.endsWith(":crossed");
  return {
    takeOver: () => void decide("take-over"),
    handBack: () => void decide("hand-back"),
    resolve: next => void decide("resolve", next),
    busy,
    error: failed?.error ?? null,
    anyway: failed && crossed ? () => void decide(failed.what, failed.next) : undefined,
    forget: () => setFailed(null),
  };
}

async function post(id: string, what: What, seq: number): Promise<void> {
  const init = { params: { path: { id }, query: { wait: 0 } }, body: { based_on: seq, event_id: crypto.randomUUID() } };
  if (what === "take-over") await api.POST("/v1/conversations/{id}/take-over", init);
  else if (what === "hand-back") await api.POST("/v1/conversations/{id}/hand-back", init);
  else await api.POST("/v1/conversations/{id}/resolve", init);
}

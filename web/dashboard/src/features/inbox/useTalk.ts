/** One conversation as it goes on: its log, who is writing, and what came before. */

import type { Entry } from "@deskhand/contract";
import { useEffect, useState } from "react";
import { api } from "../../api/client";
import { follow, type ServerEvent } from "../../api/events";

const AT_ONCE = 200;

export interface Talk {
  readonly entries: readonly Entry[];
  /** The agent's words so far, while a model writes. */
  readonly writing: string | null;
  readonly open: boolean;
  /** Loads what came before; undefined at the beginning. */
  readonly earlier: (() => void) | undefined;
  readonly last: number;
}

interface State {
  readonly id: string;
  readonly entries: readonly Entry[];
  readonly writing: string | null;
  readonly open: boolean;
}

/** Follow a conversation; `seq` is its last entry when it was opened, so that a long one begins near its end. */
export function useTalk(id: string, seq: number): Talk {
  const [state, setState] = useState<State>({ id, entries: [], writing: null, open: false });
  const [first] = useState(() => Math.max(0, seq - AT_ONCE));
  useEffect(() => {
    const ending = new AbortController();
    setState({ id, entries: [], writing: null, open: false });
    void follow(`/v1/conversations/${id}/events?after=${first}`, {
      signal: ending.signal,
      onEvent: event => setState(before => after(before, event)),
      onState: open => setState(before => ({ ...before, open })),
    });
    return () => ending.abort();
  }, [id, first]);
  const oldest = state.entries[0]?.seq ?? first + 1;
  const earlier = async () => {
    const from = Math.max(0, oldest - 1 - AT_ONCE);
    const query = { after: from, limit: oldest - 1 - from };
    const { data } = await api.GET("/v1/conversations/{id}/entries", { params: { path: { id }, query } });
    setState(before => ({ ...before, entries: merged(data?.items ?? [], before.entries) }));
  };
  return {
    entries: state.entries,
    writing: state.writing,
    open: state.open,
    earlier: oldest > 1 ? () => void earlier() : undefined,
    last: state.entries.at(-1)?.seq ?? seq,
  };
}

function after(state: State, event: ServerEvent): State {
  if (event.event === "entry") {
    const entry = JSON.parse(event.data) as Entry;
    return { ...state, entries: merged(state.entries, [entry]), writing: null };
  }
  if (event.event === "writing") return { ...state, writing: (JSON.parse(event.data) as { text: string }).text };
  return state;
}

/** Both in order, each entry once. */
export function merged(some: readonly Entry[], others: readonly Entry[]): Entry[] {
  const last = some.at(-1)?.seq ?? 0;
  if ((others[0]?.seq ?? 0) > last) return [...some, ...others];
  const all = new Map([...some, ...others].map(entry => [entry.seq, entry]));
  return [...all.values()].sort((one, other) => one.seq - other.seq);
}

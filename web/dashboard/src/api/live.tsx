/** What changes in the workspace, as it changes: one stream per browser, however many tabs are open. */

import { type Query, useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, use, useEffect, useRef, useState } from "react";
import { follow, type ServerEvent } from "./events";

/** A hint from the workspace's stream: fetch what is shown of it anew. */
export interface Hint {
  /** `changed`, and others as the server has them; `resumed` after a break in which hints may have been missed. */
  readonly kind: string;
  readonly body: Readonly<Record<string, unknown>>;
}

type Listener = (hint: Hint) => void;
const CHANNEL = "deskhand.live";

interface Live {
  readonly listen: (listener: Listener) => () => void;
  readonly online: boolean;
}

const Context = createContext<Live>({ listen: () => () => {}, online: true });

export function LiveProvider({ children }: { children: ReactNode }) {
  const listeners = useRef(new Set<Listener>());
  const [online, setOnline] = useState(true);
  useEffect(() => {
    const ending = new AbortController();
    const channel = new BroadcastChannel(CHANNEL);
    const tell = (hint: Hint) => {
      for (const listener of listeners.current) listener(hint);
    };
    const tellAll = (hint: Hint) => {
      tell(hint);
      channel.postMessage(hint);
    };
    channel.onmessage = (message: MessageEvent<Hint>) => {
      if (message.data.kind === "offline") setOnline(false);
      else {
        setOnline(true);
        tell(message.data);
      }
    };
    void lead(ending.signal, tellAll, open => {
      setOnline(open);
      if (!open) channel.postMessage({ kind: "offline", body: {} });
    });
    return () => {
      ending.abort();
      channel.close();
    };
  }, []);
  const listen = (listener: Listener) => {
    listeners.current.add(listener);
    return () => {
      listeners.current.delete(listener);
    };
  };
  const live = useRef(listen);
  return <Context value={{ listen: live.current, online }}>{children}</Context>;
}

/** The tab that gets the lock reads the stream for all of them; where there are no locks each reads its own. */
async function lead(signal: AbortSignal, tell: Listener, onState: (open: boolean) => void): Promise<void> {
  const read = () =>
    follow("/v1/events", {
      signal,
      onEvent: event => tell(hintOf(event)),
      onState: open => {
        onState(open);
        if (open) tell({ kind: "resumed", body: {} });
      },
    });
  if (!navigator.locks) return read();
  await navigator.locks.request(CHANNEL, { signal }, read).catch(() => {}); // the page is being left
}

function hintOf(event: ServerEvent): Hint {
  return { kind: event.event, body: JSON.parse(event.data) as Record<string, unknown> };
}

/** Hear every hint. */
export function useHints(listener: Listener): void {
  const { listen } = use(Context);
  const latest = useRef(listener);
  latest.current = listener;
  useEffect(() => listen(hint => latest.current(hint)), [listen]);
}

/** Whether the workspace's stream is open. */
export function useOnline(): boolean {
  return use(Context).online;
}

/** Fetch these paths anew, at most once a second, when something changes: `useLive(["/v1/approvals"])`. */
export function useLive(paths: readonly string[], matters: (hint: Hint) => boolean = () => true): void {
  const queries = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const latest = useRef(paths);
  latest.current = paths;
  const stale = useRef((refetchType: "active" | "none") => {
    const predicate = ({ queryKey }: Query) => latest.current.includes(String(queryKey[1]));
    return queries.invalidateQueries({ predicate, refetchType });
  });
  useEffect(
    () => () => {
      clearTimeout(timer.current ?? undefined);
      // whoever comes back has heard of nothing that changed meanwhile
      void stale.current("none");
    },
    [],
  );
  useHints(hint => {
    if (timer.current !== null || !(hint.kind === "resumed" || matters(hint))) return;
    timer.current = setTimeout(() => {
      timer.current = null;
      void stale.current("active");
    }, 300);
  });
}

// The tabs of one browser: one of them leads, which holds the stream and sends what all of them wrote.

import { clearTimeout, listen, setTimeout, type Timer } from "./natives";
/** What a tab is told by the others, and when it leads. */
export interface TabsListener<T> {
  heard(message: T): void;
  /** From now on this tab leads, or no longer. */
  leads(now: boolean): void;
  /** Another tab wants to know how things stand. */
  asked(): void;
}

export interface Tabs<T> {
  tell(message: T): void;
  leave(): void;
}

const PATIENCE = 3000;

/**
 * Join the tabs of this name. Without locks or channels, or where they share no storage, each tab leads itself.
 * A tab that is looked at takes over from one that is not; one that does not answer has lost the lead.
 */
export function joinTabs<T extends object>(name: string, shared: boolean, listener: TabsListener<T>): Tabs<T> {
  const { locks } = navigator;
  const { leads } = listener;
  if (!shared || !locks || !window.BroadcastChannel) {
    leads(true);
    return { tell() {}, leave: () => leads(false) };
  }
  const channel = new BroadcastChannel(name);
  const left = new AbortController();
  let waiting = left;
  let resign: (() => void) | null = null;
  let doubt: Timer;

  /** Say something to the other tabs; nothing asks how things stand. */
  const tell = (message: T | null) => {
    if (!left.signal.aborted) channel.postMessage(message);
  };

  function stand(steal?: boolean) {
    waiting = new AbortController();
    const rule = () =>
      new Promise<void>(done => {
        resign = () => {
          resign = null;
          leads(false);
          done();
        };
        clearTimeout(doubt);
        leads(true);
      });
    locks.request(name, steal ? { steal } : { signal: waiting.signal }, rule).catch(() => {
      if (left.signal.aborted || !resign) return;
      resign(); // somebody took it
      stand();
    });
  }

  function greet() {
    if (document.hidden || resign) return;
    tell(null);
    clearTimeout(doubt);
    doubt = setTimeout(() => {
      if (resign || left.signal.aborted) return;
      waiting.abort();
      stand(true);
    }, PATIENCE);
  }

  channel.onmessage = ({ data }: MessageEvent<T | null>) => {
    clearTimeout(doubt);
    if (data) listener.heard(data);
    else if (resign) {
      listener.asked();
      if (!document.hidden) return;
      resign();
      stand();
    }
  };
  listen(document, "visibilitychange", greet, { signal: left.signal });
  stand();
  greet();
  return {
    tell,
    leave() {
      left.abort();
      waiting.abort();
      resign?.();
      channel.close();
    },
  };
}

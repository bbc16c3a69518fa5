/** Server-sent events read with fetch, which sends what EventSource does not; they come back after a break. */

import { ownPage } from "./client";

export interface ServerEvent {
  readonly event: string;
  readonly data: string;
  readonly id: string | null;
}

export interface Following {
  readonly signal: AbortSignal;
  readonly onEvent: (event: ServerEvent) => void;
  /** Told when the stream is open, and when it has broken off. */
  readonly onState?: (open: boolean) => void;
}

const FIRST_WAIT = 500;
const LONGEST_WAIT = 15_000;
/** Milliseconds after which a stream that does not even say that it is alive counts as broken. */
const SILENCE = 45_000;

/** Follow a stream until the signal; an id that came is where it goes on after a break. */
export async function follow(url: string, { signal, onEvent, onState }: Following): Promise<void> {
  let last: string | null = null;
  let wait = FIRST_WAIT;
  const take = (event: ServerEvent) => {
    last = event.id ?? last;
    onEvent(event);
  };
  while (!signal.aborted) {
    const opened = await once(url, last, signal, take, onState).catch(() => false);
    onState?.(false);
    if (signal.aborted) return;
    wait = opened ? FIRST_WAIT : Math.min(wait * 2, LONGEST_WAIT);
    await pause(wait, signal);
  }
}

async function once(
  url: string,
  last: string | null,
  signal: AbortSignal,
  take: (event: ServerEvent) => void,
  onState?: (open: boolean) => void,
): Promise<boolean> {
  const silent = new AbortController();
  const headers = { ...ownPage(), Accept: "text/event-stream", ...(last === null ? {} : { "Last-Event-ID": last }) };
  const response = await fetch(url, { headers, signal: AbortSignal.any([signal, silent.signal]) });
  if (!response.ok || !response.body) return false;
  onState?.(true);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let timer = setTimeout(() => silent.abort(), SILENCE);
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return true;
      clearTimeout(timer);
      timer = setTimeout(() => silent.abort(), SILENCE);
      const blocks = (rest + value.replace(/\r/g, "")).split("\n\n");
      rest = blocks.pop() ?? "";
      for (const block of blocks) {
        const event = parse(block);
        if (event) take(event);
      }
    }
  } finally {
    clearTimeout(timer);
  }
}

/** The event of one block of lines, or null for a comment. */
export function parse(block: string): ServerEvent | null {
  let event = "message";
  let id: string | null = null;
  const data: string[] = [];
  for (const line of block.split("\n")) {
    const [, field = "", value = ""] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
    if (field === "event") event = value;
    else if (field === "data") data.push(value);
    else if (field === "id") id = value;
  }
  return data.length ? { event, data: data.join("\n"), id } : null;
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, milliseconds * (0.75 + Math.random() / 2));
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

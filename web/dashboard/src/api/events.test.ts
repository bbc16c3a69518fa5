import { afterEach, expect, it, vi } from "vitest";
import { follow, parse, type ServerEvent } from "./events";

afterEach(() => vi.unstubAllGlobals());

it("reads an event with its id and its lines", () => {
  expect(parse("event: entry\nid: 4\ndata: {\ndata: }")).toEqual({ event: "entry", id: "4", data: "{\n}" });
});

it("passes over what only says that the stream is alive", () => {
  expect(parse(": alive")).toBeNull();
});

it("goes on after the last id when a stream breaks off, however its bytes are cut", async () => {
  const asked: (string | null)[] = [];
  const ending = new AbortController();
  const streams = [["event: entry\nid: 1\nda", "ta: a\n", "\n"], ["id: 2\ndata: b\n\n"]];
  vi.stubGlobal("fetch", async (_: string, { headers }: { headers: Record<string, string> }) => {
    asked.push(headers["Last-Event-ID"] ?? null);
    return new Response(stream(streams.shift() ?? []));
  });
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const events: ServerEvent[] = [];
  const following = follow("/v1/events", {
    signal: ending.signal,
    onEvent: event => {
      events.push(event);
      if (events.length === 2) ending.abort();
    },
  });
  while (!ending.signal.aborted) await vi.advanceTimersByTimeAsync(1000);
  await following;
  vi.useRealTimers();
  expect(events.map(event => event.data)).toEqual(["a", "b"]);
  expect(asked).toEqual([null, "1"]);
});

function stream(chunks: readonly string[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
      controller.close();
    },
  });
}

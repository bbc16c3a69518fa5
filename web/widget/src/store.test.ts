import { describe, expect, it } from "vitest";
import { createShelf } from "./shelf";
import { createStore } from "./store";
import type { Entry, Item } from "./types";

const at = "2026-11-20T09:30:00.000Z";
const said = (seq: number, text: string): Entry => ({ seq, kind: "said", at, body: { text } });
const say = (seq: number, text: string): Entry => ({ seq, kind: "say", at, body: { text } });
const item = (id: string, text: string, more: Partial<Item> = {}): Item => ({
  id,
  conversation: "conv_1",
  kind: "messages",
  body: { text },
  after: 0,
  ...more,
});

function begun() {
  const shelf = createShelf("agent", null);
  const store = createStore(shelf);
  store.take({ conversation: "conv_1" });
  const queue = (one: Item) => {
    shelf.keep(one);
    store.take({ items: [one] });
  };
  return { shelf, queue, ...store };
}

describe("the log", () => {
  it("has each entry once and in order, however they come", () => {
    const { state, take } = begun();
    take({ entries: [say(5, "b"), say(2, "a")] });
    take({ entries: [say(2, "a"), say(7, "c")] });
    expect(state.entries.map(one => one.seq)).toEqual([2, 5, 7]);
  });

  it("begins anew with another conversation, and keeps what is on its way", () => {
    const { state, take, queue } = begun();
    queue(item("1", "hello"));
    take({ entries: [say(2, "a")], writing: "b" });
    take({ conversation: "conv_2" });
    expect([state.entries, state.writing, state.items.length]).toEqual([[], "", 1]);
  });

  it("has no words left over once they were said", () => {
    const { state, take } = begun();
    take({ writing: "Hel" });
    take({ entries: [say(3, "Hello")] });
    expect(state.writing).toBe("");
  });
});

describe("what is on its way", () => {
  it("is forgotten only when the service has said that it has it", async () => {
    const { state, shelf, take, queue, settled } = begun();
    const one = item("1", " hello ");
    const done = settled(one);
    queue(one);
    take({ entries: [said(3, "hello")] });
    expect(state.items[0]?.seen).toBe(true); // not shown twice, but still sent
    expect(shelf.items()).toHaveLength(1);

    take({ items: [{ ...one, seq: 3 }] });
    expect([state.items, shelf.items()]).toEqual([[], []]);
    expect(await done).toBe("");
  });

  it("stays until the log has it where the receipt is quicker", () => {
    const { state, take, queue } = begun();
    const one = item("1", "hello");
    queue(one);
    take({ items: [{ ...one, seq: 3 }] });
    expect(state.items).toHaveLength(1);
    take({ entries: [said(3, "HELLO, as the service wrote it")] });
    expect(state.items).toEqual([]);
  });

  it("is not mistaken for the same words that were said before", () => {
    const { state, take, queue } = begun();
    take({ entries: [said(3, "yes")] });
    queue(item("1", "yes", { after: 3 }));
    take({ entries: [said(1, "yes")] });
    expect(state.items[0]?.seen).toBeUndefined();
  });

  it("keeps its order, one for each of two equal messages", () => {
    const { state, take, queue } = begun();
    queue(item("2", "hi"));
    queue(item("1", "hi"));
    expect(state.items.map(one => one.id)).toEqual(["1", "2"]);
    take({ entries: [said(3, "hi")] });
    expect(state.items.map(one => !!one.seen)).toEqual([true, false]);
  });

  it("waits for the customer where it was refused, and is gone when they remove it", async () => {
    const { state, shelf, take, queue, settled } = begun();
    const one = item("1", "hello");
    const done = settled(one);
    queue(one);
    take({ items: [{ ...one, failed: "too long" }] });
    expect(await done).toBe("too long");
    expect(state.items[0]?.failed).toBe("too long");
    take({ gone: "1" });
    expect([state.items, shelf.items()]).toEqual([[], []]);
  });

  it("is there again after a reload, also what the log already shows", () => {
    const { shelf, queue, take } = begun();
    queue(item("1", "hello"));
    take({ entries: [said(3, "hello")] });
    expect(createStore(shelf).state.items.map(one => one.id)).toEqual(["1"]);
  });
});

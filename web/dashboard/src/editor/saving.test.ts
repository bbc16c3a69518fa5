import type { Procedure } from "@deskhand/contract";
import type { Doc } from "@deskhand/flow";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { api, Problem, Unreachable } from "../api/client";
import { Draft } from "./draft";
import { Saver } from "./saving";

vi.mock("../api/client", async () => {
  const { Problem, Unreachable } = await import("../api/problem");
  return { api: { GET: vi.fn(), PUT: vi.fn() }, Problem, Unreachable };
});

const begun: Doc = { name: "Greeting", slug: "greeting", trigger: { always: true }, steps: [] };
const named = (name: string) => (document: Doc) => ({ ...document, name });

/** A server with optimistic locking, which can be slow, and whose answers can get lost. */
let stored: { document: Doc; revision: number };
let lost: boolean;
let slow: Promise<void>;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("window", new EventTarget());
  [stored, lost, slow] = [{ document: begun, revision: 1 }, false, Promise.resolve()];
  const found = () => ({ data: { slug: "greeting", ...stored } as unknown as Procedure });
  vi.mocked(api.GET).mockImplementation((async () => found()) as never);
  vi.mocked(api.PUT).mockImplementation((async (
    path: string,
    { body }: { body: { document: Doc; based_on: number } },
  ) => {
    if (path.endsWith("/layout")) return {};
    await slow;
    if (body.based_on !== stored.revision) throw new Problem(409, "urn:deskhand:problem:stale", "Somebody else saved.");
    stored = { document: body.document, revision: stored.revision + 1 };
    if (lost) throw new Unreachable();
    return found();
  }) as never);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function opened(): [Draft, Saver] {
  const { document, revision } = stored;
  const savedAt = "2026-11-20T09:30:00Z";
  const draft = new Draft({
    slug: "greeting",
    readOnly: null,
    document,
    positions: {},
    revision,
    activeVersion: null,
    savedAt,
  });
  return [draft, new Saver(draft, {})];
}

it("saves what was changed while the last save was under way, though the editor is left then", async () => {
  const [draft, saver] = opened();
  let go = () => {};
  slow = new Promise(resolve => {
    go = resolve;
  });
  draft.edit(named("First"));
  await vi.advanceTimersByTimeAsync(700);
  draft.edit(named("Second"));
  const ended = saver.end();
  go();
  await ended;
  expect([stored.document.name, draft.get().save.kind]).toEqual(["Second", "saved"]);
});

it("asks nobody about a save of its own whose answer got lost", async () => {
  const [draft] = opened();
  lost = true;
  draft.edit(named("First"));
  await vi.advanceTimersByTimeAsync(700);
  expect(draft.get().save.kind).toBe("failed");
  lost = false;
  draft.edit(named("Second"));
  await vi.advanceTimersByTimeAsync(1_400);
  expect([stored.document.name, draft.get().save.kind]).toEqual(["Second", "saved"]);
});

it("asks where somebody else saved something else", async () => {
  const [draft] = opened();
  stored = { document: named("Theirs")(begun), revision: 2 };
  draft.edit(named("Mine"));
  await vi.advanceTimersByTimeAsync(700);
  expect(draft.get().save).toMatchObject({ kind: "conflict", theirs: { document: { name: "Theirs" } } });
});

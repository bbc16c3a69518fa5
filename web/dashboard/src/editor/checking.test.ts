import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { api } from "../api/client";
import { Checker } from "./checking";
import { Draft } from "./draft";

vi.mock("../api/client", () => ({ api: { POST: vi.fn() } }));

const hello = { id: "hello", kind: "message", text: "Hello" };
const bye = { id: "bye", kind: "message", text: "Bye" };
const begun = { name: "Greeting", slug: "greeting", trigger: { always: true }, steps: [hello, bye] };

interface Asked {
  readonly body: { readonly yaml?: string };
  readonly signal: AbortSignal;
}

/** The questions to the server, and how each is answered. */
let asked: Asked[];
let answers: ((found: object) => void)[];

beforeEach(() => {
  vi.useFakeTimers();
  [asked, answers] = [[], []];
  vi.mocked(api.POST).mockImplementation(((_: string, { body, signal }: Asked) => {
    asked.push({ body, signal });
    return new Promise((resolve, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason));
      answers.push(found => resolve({ data: { problems: [], lines: {}, yaml: "", ...found } }));
    });
  }) as never);
});

afterEach(() => vi.useRealTimers());

function opened(): [Draft, Checker] {
  const draft = new Draft({
    slug: "greeting",
    readOnly: null,
    document: begun,
    positions: {},
    revision: 1,
    activeVersion: null,
    savedAt: "2026-11-20T09:30:00Z",
  });
  return [draft, new Checker(draft)];
}

async function answer(found: object): Promise<void> {
  answers.at(-1)?.(found);
  await vi.advanceTimersByTimeAsync(0);
}

it("does not put back what the YAML was before it was typed in", async () => {
  const [draft, checker] = opened();
  checker.type("steps: [typed]");
  await answer({ yaml: "steps: [before]" });
  expect(draft.get().yaml).toBe("");
  await vi.advanceTimersByTimeAsync(300);
  expect(asked.at(-1)?.body).toEqual({ yaml: "steps: [typed]" });
});

it("keeps what was changed on the canvas while the YAML was being read", async () => {
  const [draft, checker] = opened();
  await answer({ yaml: "steps: [hello, bye]" });
  checker.type("steps: [hello, bye, typed]");
  await vi.advanceTimersByTimeAsync(300);
  draft.edit(document => ({ ...document, steps: [{ ...hello, text: "Hello there" }, bye] }));
  await answer({ document: { ...begun, steps: [hello, { ...bye, text: "Typed" }] } });
  const steps = [
    { ...hello, text: "Hello there" },
    { ...bye, text: "Typed" },
  ];
  expect(draft.get().document.steps).toEqual(steps);

  await vi.advanceTimersByTimeAsync(300);
  expect(asked.at(-1)?.body).toMatchObject({ document: { steps } }); // the YAML follows
});

it("takes the YAML as it was typed where nothing else was changed", async () => {
  const [draft, checker] = opened();
  await answer({ yaml: "steps: [hello, bye]" });
  checker.type("steps: [bye]");
  await vi.advanceTimersByTimeAsync(300);
  await answer({ document: { ...begun, steps: [bye] } });
  expect([draft.get().document.steps, draft.get().yaml]).toEqual([[bye], "steps: [bye]"]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(asked).toHaveLength(2);
});

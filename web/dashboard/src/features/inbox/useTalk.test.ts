import type { Entry } from "@deskhand/contract";
import { expect, test } from "vitest";
import { speaker } from "../../i18n/texts";
import { conversation } from "../conversation/texts";
import { understood } from "../conversation/understood";
import { merged } from "./useTalk";

const entry = (seq: number, text = ""): Entry => ({
  seq,
  kind: "said",
  at: "2026-11-20T09:30:00.000Z",
  visible_to: "all",
  run: null,
  body: { text },
});

test("entries stand in their order, each once, wherever they come from", () => {
  expect(merged([entry(3), entry(4)], [entry(5)]).map(one => one.seq)).toEqual([3, 4, 5]);
  expect(merged([entry(1), entry(2)], [entry(2), entry(3)]).map(one => one.seq)).toEqual([1, 2, 3]);
  expect(merged([entry(7)], [entry(5), entry(6)]).map(one => one.seq)).toEqual([5, 6, 7]);
  expect(merged([], [])).toEqual([]);
});

test("what was understood is told in words, in either language", () => {
  const start = { kind: "start_procedure", procedure: "refund", values: { order_id: "A1001", count: 2 } };
  const named = new Map([["refund", "Refund request"]]);
  const words = (command: Record<string, unknown>, language: "en" | "de" = "en") =>
    understood(command, speaker(conversation, language), named);
  expect(words(start)).toBe("wants Refund request, gives order_id = A1001, count = 2");
  expect(words({ ...start, procedure: "gone" })).toBe("wants gone, gives order_id = A1001, count = 2");
  expect(words({ kind: "clarify", between: ["refund", "gone"] })).toContain("Refund request, gone");
  expect(words({ kind: "cancel" }, "de")).toBe("möchte aufhören");
  expect(words({ kind: "of_tomorrow" })).toBe("of_tomorrow");
});

import type { ProcedureSummary } from "@deskhand/contract";
import { expect, it } from "vitest";
import { listed, matching, onTab } from "./listing";

const summary = (slug: string, status: ProcedureSummary["status"], name = slug): ProcedureSummary => ({
  slug,
  name,
  status,
  active_version: 1,
  revision: 1,
  differs: false,
  trigger: `When a customer wants ${slug}`,
  ways: ["request"],
  kind: "flow",
  irreversible: false,
  escalation: false,
  approval: false,
  audience: null,
  created_at: "2026-03-01T09:00:00Z",
  updated_at: "2026-03-01T09:00:00Z",
});
const ran = (procedure: string, last_run_at: string) => ({ procedure, last_run_at, runs: 2, completion: 0.5 });
const rows = listed(
  [summary("zeal", "active"), summary("apple", "draft"), summary("refund", "active"), summary("old", "archived")],
  [ran("zeal", "2026-03-02T09:00:00Z"), ran("refund", "2026-03-03T09:00:00Z")],
);

it("shows what ran last in front, and the rest by name", () => {
  expect(rows.map(row => row.slug)).toEqual(["refund", "zeal", "apple", "old"]);
  expect(rows[0]?.figures?.completion).toBe(0.5);
});

it("keeps what was archived on a tab of its own", () => {
  expect(onTab(rows, "all").map(row => row.slug)).toEqual(["refund", "zeal", "apple"]);
  expect(onTab(rows, "archived").map(row => row.slug)).toEqual(["old"]);
});

it("finds every word, wherever it stands", () => {
  expect(matching(rows, "wants REF").map(row => row.slug)).toEqual(["refund"]);
  expect(matching(rows, "refund apple")).toEqual([]);
  expect(matching(rows, "  ")).toHaveLength(4);
});

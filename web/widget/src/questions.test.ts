import { describe, expect, it } from "vitest";
import { becameOf, openQuestion } from "./questions";
import type { Body, Entry } from "./types";

const log = (...entries: [kind: string, body?: Body][]): Entry[] =>
  entries.map(([kind, body = {}], at) => ({ seq: at + 1, kind, body, at: "2026-11-20T09:30:00.000Z" }));

describe("the open question", () => {
  it("is the last one that nothing has answered", () => {
    const entries = log(["show_form", { question: "q1" }], ["say"], ["ask", { question: "q2", choices: ["yes"] }]);
    expect(openQuestion(entries, null)?.seq).toBe(3);
  });

  it.each<[string, Body]>([
    ["said", {}],
    ["clicked", { question: "q", choice: "yes" }],
    ["replied", {}],
    ["handed_over", {}],
    ["resolved", {}],
  ])("is none after %s", (kind, body) => {
    expect(openQuestion(log(["ask", { question: "q" }], [kind, body]), null)).toBeUndefined();
  });

  it("stands while something else is clicked, and for a form also while something else is said", () => {
    expect(openQuestion(log(["ask", { question: "q" }], ["clicked", { question: "menu" }]), null)?.seq).toBe(1);
    expect(openQuestion(log(["show_form", { question: "q" }], ["said"]), null)?.seq).toBe(1);
  });

  it("is none while a member has the conversation", () => {
    const standing = {
      id: "",
      status: "open",
      mode: "member",
      member: null,
      seq: 1,
      busy: false,
      thinking: false,
    } as const;
    expect(openQuestion(log(["ask", { question: "q" }]), standing)).toBeUndefined();
  });
});

it("tells what became of the others", () => {
  const entries = log(
    ["show_form", { question: "q" }],
    ["form_submitted"],
    ["show_form", { question: "q", errors: { a: "b" } }],
    ["form_submitted"],
    ["show_button", { question: "r" }],
    ["ask", { question: "s" }],
  );
  expect(entries.filter(one => one.kind.startsWith("show_")).map(one => becameOf(one, entries))).toEqual([
    "again",
    "answered",
    "left",
  ]);
});

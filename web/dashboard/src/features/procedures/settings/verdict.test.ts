import { expect, it } from "vitest";
import { verdictOf, wordsOf } from "./verdict";

const understood = (...commands: object[]) => ({ kind: "understood", body: { commands } });

it("names the procedure that begins", () => {
  const log = [
    understood({ kind: "start_procedure", procedure: "refund" }),
    { kind: "steps", body: { began: true, procedure: "refund", steps: ["hello"] } },
    { kind: "say", body: { text: "Hello" } },
  ];
  expect(verdictOf(log)).toEqual({ kind: "starts", slug: "refund" });
  expect(wordsOf(log)).toEqual(["Hello"]);
});

it("tells an offer from a start", () => {
  const offer = { kind: "offer", body: { procedure: "call-back", text: "Shall I?" } };
  expect(verdictOf([understood({ kind: "unanswerable" }), offer])).toEqual({ kind: "offers", slug: "call-back" });
});

it("names those between which the customer has to choose", () => {
  const log = [understood({ kind: "clarify", between: ["refund", "exchange"] })];
  expect(verdictOf(log)).toEqual({ kind: "asks", between: ["refund", "exchange"] });
});

it("says when the knowledge answers, also where something is offered beside", () => {
  const offer = { kind: "offer", body: { procedure: "care-guide", text: "Shall I?" } };
  expect(verdictOf([understood({ kind: "answer", text: "Two days." }), offer])).toEqual({ kind: "answers" });
  expect(verdictOf([understood({ kind: "unanswerable" })])).toEqual({ kind: "nothing" });
});

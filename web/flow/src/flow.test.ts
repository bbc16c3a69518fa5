import { describe, expect, it } from "vitest";
import {
  type AnyStep,
  addAfter,
  addStep,
  begunBy,
  connect,
  copySteps,
  type Doc,
  declareVariable,
  disconnect,
  EXITS,
  exitsOf,
  graphOf,
  isDrawable,
  pasteSteps,
  reachable,
  readClip,
  removeSteps,
  renameStep,
  reorder,
  setFields,
  stepOf,
  stepsOf,
} from "./index";

const say = (id: string, more: object = {}): AnyStep => ({ id, kind: "message", text: id, ...more });

/** ask, then a check: yes goes on to `thank`, no to `sorry`, which ends. */
const refund: Doc = {
  name: "Refund",
  steps: [
    { id: "ask", kind: "collect", variable: "order", prompt: "Which?" },
    { id: "check", kind: "condition", variable: "order", operator: "exists", then: "thank", else: "sorry" },
    say("thank", { next: "end" }),
    { id: "sorry", kind: "escalate", reason: "Sorry." },
  ],
};

/** Where each exit leads, whatever is written out and whatever is left to the order of the list. */
function meaning(doc: Doc): readonly string[] {
  return graphOf(doc)
    .ways.map(way => `${way.source} ${way.exit} ${way.target}`)
    .toSorted();
}

const ids = (doc: Doc) => stepsOf(doc).map(one => one.id);

describe("the graph of a document", () => {
  it("has a way for every exit, also those that only the order of the list says", () => {
    expect(meaning(refund)).toEqual(
      ["ask next check", "check else sorry", "check then thank", "start: start ask", "thank next end"].toSorted(),
    );
  });

  it("knows the exits of every kind that can lead on", () => {
    expect(Object.entries(EXITS).map(([kind, exits]) => `${kind}: ${exits.map(one => one.name).join(" ")}`)).toEqual([
      "message: next",
      "collect: next on_too_many",
      "condition: then else",
      ...["call", "tool", "form", "button", "javascript"].map(kind => `${kind}: next on_error on_decline on_expiry`),
      ...["suggest", "redirect", "component", "switch_topic"].map(kind => `${kind}: next`),
      "live_chat: on_unavailable",
      "internal: next on_error on_decline on_expiry",
      "set: next",
      "escalate: ",
      "end: ",
      "procedure: next",
    ]);
  });

  it("lets live chat end in a person's hands unless it leads on", () => {
    const chat = { id: "chat", kind: "live_chat" };
    expect(exitsOf(chat, "bye")).toEqual([{ name: "on_unavailable", otherwise: "person", target: null, named: false }]);
    const doc = { steps: [{ ...chat, on_unavailable: "bye" }, say("bye")] };
    expect(meaning(doc)).toEqual(["bye next end", "chat on_unavailable bye", "start: start chat"]);
  });

  it("sets ways to steps that do not exist aside", () => {
    const graph = graphOf({ steps: [say("one", { next: "gone" })] });
    expect(graph.broken.map(way => way.target)).toEqual(["gone"]);
    expect(graph.ways).toHaveLength(1);
  });

  it("tells which steps no way leads to", () => {
    const doc = addStep(refund, say("alone")).doc;
    expect(reachable(graphOf(doc)).has("alone")).toBe(false);
    expect(reachable(graphOf(doc)).has("sorry")).toBe(true);
  });

  it("is not drawn where steps share an id or are no steps", () => {
    expect(isDrawable({ steps: [say("one"), say("one")] })).toBe(false);
    expect(isDrawable({ steps: ["text"] })).toBe(false);
    expect(isDrawable({ steps: [{ kind: "message" }] })).toBe(false);
    expect(isDrawable({ name: "empty" })).toBe(true);
  });
});

describe("adding", () => {
  it("puts a step onto a way, and it goes on to where that led", () => {
    const { doc, ids: made } = addStep(refund, say("ask"), { source: "check", exit: "then" });
    expect(made).toEqual(["ask_2"]);
    expect(stepOf(doc, "check")?.then).toBe("ask_2");
    expect(meaning(doc)).toContain("ask_2 next thank");
  });

  it("puts a step before the first one", () => {
    const { doc } = addStep(refund, say("hello"), { source: "start:", exit: "start" });
    expect(ids(doc)[0]).toBe("hello");
    expect(meaning(doc)).toEqual(expect.arrayContaining(["start: start hello", "hello next ask"]));
  });

  it("leaves a step on its own unconnected, and what was last still ends the run", () => {
    const doc = addStep({ steps: [say("one")] }, say("alone")).doc;
    expect(meaning(doc)).toContain("one next end");
  });

  it("leads both ways of a condition somewhere", () => {
    const made = { id: "if", kind: "condition", variable: "a", operator: "exists", then: "end", else: "end" };
    const { doc } = addAfter(refund, made, "ask");
    expect(meaning(doc)).toEqual(expect.arrayContaining(["ask next if", "if then check", "if else end"]));
  });

  it("writes no `next` where the order of the list says the same", () => {
    const { doc } = addAfter(refund, say("new"), "ask");
    expect(stepOf(doc, "ask")).not.toHaveProperty("next");
    expect(stepOf(doc, "new")).not.toHaveProperty("next");
  });
});

describe("connecting", () => {
  it("points an exit elsewhere", () => {
    expect(meaning(connect(refund, "ask", "next", "sorry"))).toContain("ask next sorry");
    expect(meaning(connect(refund, "ask", "on_too_many", "sorry"))).toContain("ask on_too_many sorry");
  });

  it("ends the run where a way is taken away that has to lead somewhere, and clears the others", () => {
    expect(meaning(disconnect(refund, "ask", "next"))).toContain("ask next end");
    expect(stepOf(disconnect(refund, "check", "else"), "check")?.else).toBe("end");
    const failing = connect(refund, "ask", "on_too_many", "sorry");
    expect(disconnect(failing, "ask", "on_too_many")).toEqual(refund);
  });

  it("begins with another step without changing where the others lead", () => {
    const doc = begunBy(refund, "sorry");
    const without = (all: readonly string[]) => all.filter(one => !one.startsWith("start:"));
    expect(ids(doc)[0]).toBe("sorry");
    expect(without(meaning(doc))).toEqual(without(meaning(refund)));
  });
});

describe("taking out", () => {
  it("closes the gap by the main exit", () => {
    expect(meaning(removeSteps(refund, ["check"]))).toContain("ask next thank");
  });

  it("closes a gap of several steps, and of a loop", () => {
    const loop = { steps: [say("a"), say("b"), say("c", { next: "b" })] };
    expect(meaning(removeSteps(loop, ["b", "c"]))).toEqual(["a next end", "start: start a"]);
    expect(meaning(removeSteps(refund, ["ask", "check"]))).toContain("start: start thank");
  });

  it("cuts the ways where that is wanted", () => {
    const failing = connect(refund, "ask", "on_too_many", "sorry");
    const doc = removeSteps(failing, ["sorry"], false);
    expect(stepOf(doc, "ask")).not.toHaveProperty("on_too_many");
    expect(stepOf(doc, "check")?.else).toBe("end");
  });
});

describe("renaming and reordering", () => {
  it("renames a step wherever it is named", () => {
    const doc = renameStep(connect(refund, "ask", "on_too_many", "sorry"), "sorry", "hand_over");
    expect(stepOf(doc, "ask")?.on_too_many).toBe("hand_over");
    expect(stepOf(doc, "check")?.else).toBe("hand_over");
    expect(ids(doc)).toEqual(["ask", "check", "thank", "hand_over"]);
  });

  it("does not take a name that another step has", () => {
    expect(renameStep(refund, "ask", "check")).toBe(refund);
  });

  it("changes the order without changing where anything leads", () => {
    const doc = reorder(refund, ["ask", "sorry", "thank", "check"]);
    expect(ids(doc)).toEqual(["ask", "sorry", "thank", "check"]);
    expect(meaning(doc)).toEqual(meaning(refund));
  });

  it("comes back to what was written when the order does", () => {
    expect(reorder(reorder(refund, ["ask", "sorry", "thank", "check"]), ids(refund))).toEqual({
      ...refund,
      steps: stepsOf(refund).map(one => (one.id === "ask" ? { ...one, next: "check" } : one)),
    });
  });

  it("takes fields away that are set to undefined", () => {
    expect(stepOf(setFields(refund, "ask", { prompt: "New", variable: undefined }), "ask")).toEqual({
      id: "ask",
      kind: "collect",
      prompt: "New",
    });
  });

  it("declares a variable once", () => {
    const doc = declareVariable(declareVariable(refund, { name: "email" }), { name: "email", type: "email" });
    expect(doc.variables).toEqual([{ name: "email" }]);
  });
});

describe("copying", () => {
  const clip = copySteps(refund, ["ask", "check"], { ask: { x: 0, y: 0 } });

  it("gives pasted steps ids of their own, and leads ways among them to each other", () => {
    const pasted = pasteSteps(refund, clip);
    expect(pasted.ids).toEqual(["ask_2", "check_2"]);
    expect(meaning(pasted.doc)).toEqual(
      expect.arrayContaining(["ask_2 next check_2", "check_2 then thank", "check_2 else sorry"]),
    );
    expect(meaning(pasted.doc)).toEqual(expect.arrayContaining([...meaning(refund)]));
  });

  it("ends ways to steps that the other procedure does not have", () => {
    const { doc } = pasteSteps({ steps: [] }, clip);
    expect(meaning(doc)).toEqual(expect.arrayContaining(["ask next check", "check then end", "check else end"]));
  });

  it("reads only what is a copy of steps", () => {
    expect(readClip(JSON.stringify(clip))).toEqual(clip);
    expect(readClip("hello")).toBeNull();
    expect(readClip("null")).toBeNull();
    expect(readClip('{"deskhand": "else"}')).toBeNull();
  });
});

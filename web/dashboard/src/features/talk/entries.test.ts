import type { Entry } from "@deskhand/contract";
import { expect, it } from "vitest";
import { speaker } from "../../i18n/texts";
import { componentOf, sideOf } from "./entries";
import { talk } from "./texts";
import { told } from "./told";

const say = speaker(talk, "en");

function entry(kind: string, body: Record<string, unknown>, visible_to: "all" | "members" = "all"): Entry {
  return { seq: 1, kind, at: "2026-03-02T09:00:00.000Z", visible_to, run: null, body } as Entry;
}

it.each([
  [{ kind: "video", title: "A tour", url: "https://a.test" }, "A tour"],
  [{ kind: "image", alt: "A house", url: "https://a.test" }, "A house"],
  [{ kind: "flow", pages: [{ title: "" }, { title: "Welcome" }] }, "Welcome"],
  [{ kind: "element", name: "seat-map", properties: {} }, "seat-map"],
  [undefined, ""],
  ["no object", ""],
])("names a component by what is written on it: %j", (component, title) => {
  expect(componentOf(entry("show_component", { component })).title).toBe(title);
});

it("knows what a flow asks for on all of its pages", () => {
  const email = { name: "email", label: "E-mail", type: "email", required: true };
  const size = { name: "size", type: "text", required: false, choices: ["S", "L"] };
  const component = { kind: "flow", pages: [{ fields: [email] }, { title: "Size", fields: [size] }] };
  expect(componentOf(entry("show_component", { component })).fields).toEqual([
    { ...email, choices: [] },
    { ...size, label: "size" },
  ]);
});

it.each([
  ["suggest", "agent"],
  ["show_component", "agent"],
  ["component_returned", "customer"],
  ["component_done", null],
])("shows %s on the side of the %s", (kind, side) => {
  expect(sideOf(entry(kind, {}))).toBe(side);
});

it("tells members why a person was called, and what the customer was told of it", () => {
  expect(told(entry("handed_over", { reason: "They asked" }, "members"), say, "en")).toBe(
    "Handed over to a person: They asked",
  );
  expect(told(entry("handed_over", { available: true }), say, "en")).toBe(
    "The customer was told that somebody is there",
  );
  expect(told(entry("handed_over", { available: false }), say, "en")).toContain("nobody is there");
});

it("tells where answers come from", () => {
  expect(told(entry("variables_given", { names: ["a"] }, "members"), say, "en")).toBeNull();
  expect(told(entry("variables_given", { names: [], attributes: { plan: "gold" } }, "members"), say, "en")).toContain(
    "more",
  );
  expect(told(entry("variables_given", { names: [], language: "de" }, "members"), say, "en")).toMatch(/German$/);
  expect(told(entry("variables_given", { names: [], language: "de-x" }, "members"), say, "en")).toMatch(/de-x$/);
  expect(told(entry("topic_switched", { topic: "returns", by: "agent" }, "members"), say, "en")).toContain("returns");
  expect(told(entry("topic_switched", { topic: null, by: "agent" }, "members"), say, "en")).toContain(
    "all of the knowledge",
  );
});

import { expect, test } from "vitest";
import { type Entry, matching, type Section } from "./matching";

const entry = (label: string, keywords = ""): Entry => ({ id: label, label, keywords, run: () => {} });
const sections: readonly Section[] = [
  { title: "Go to", entries: [entry("Inbox"), entry("Approvals"), entry("Reports")] },
  { title: "Procedures", entries: [entry("Money back", "refund-request"), entry("Refund a parcel")] },
];
const found = (typed: string, most = 12) =>
  matching(sections, typed, most).map(one => [one.title, ...one.entries.map(({ label }) => label)]);

test("what is called so comes before what is only found by another word", () => {
  expect(found("refund")).toEqual([["Procedures", "Refund a parcel", "Money back"]]);
});

test("every word has to occur, in any order", () => {
  expect(found("PARCEL ref")).toEqual([["Procedures", "Refund a parcel"]]);
  expect(found("parcel inbox")).toEqual([]);
});

test("the section with the better match comes first", () => {
  expect(found("re")).toEqual([
    ["Go to", "Reports"],
    ["Procedures", "Refund a parcel", "Money back"],
  ]);
  expect(found("request").map(([title]) => title)).toEqual(["Procedures"]);
});

test("nothing typed shows the first, as many as there is room for", () => {
  expect(found("  ", 4)).toEqual([
    ["Go to", "Inbox", "Approvals", "Reports"],
    ["Procedures", "Money back"],
  ]);
});

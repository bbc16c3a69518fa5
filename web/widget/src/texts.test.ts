import { expect, it } from "vitest";
import { subject } from "./link";
import { safe } from "./links";
import { fromRight, speaker, TEXTS } from "./texts";

it("says everything in both languages, with the same places to fill in", () => {
  const places = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
  for (const [key, both] of Object.entries(TEXTS)) {
    const [english = "", german = ""] = both.split("|");
    expect([english.trim(), german.trim()].every(Boolean), key).toBe(true);
    expect(places(german), key).toEqual(places(english));
  }
});

it("says one word for each thing, and Sie", () => {
  for (const [key, both] of Object.entries(TEXTS)) {
    const [english = "", german = ""] = both.split("|");
    expect(english, key).not.toMatch(/\b(visitor|someone|telephone)\b|’/i);
    expect(german, key).not.toMatch(/\b(du|dein|prozedur|unterhaltung|knopf|kundin)\b/i);
  }
});

it("speaks the page's language, and texts of the page's own go first", () => {
  expect(speaker("de-AT")("page", { count: 2, most: 3 })).toBe("Seite 2 von 3");
  expect(speaker("fr")("here", "Ana")).toBe("Ana is here for you");
  expect(speaker("fr", { here: "{name} est là" })("here", "{name} & $&")).toBe("{name} & $& est là");
  expect([fromRight("ar-EG"), fromRight("he"), fromRight("de"), fromRight("arn")]).toEqual([true, true, false, false]);
});

it("opens nothing but the web, mail and phone", () => {
  for (const good of ["https://a.example", "http://a.example", "mailto:a@b.example", "tel:+1"])
    expect(safe(good)).not.toBeNull();
  for (const bad of [
    "javascript:alert(1)",
    " javascript:x",
    "data:text/html,x",
    "blob:https://a",
    "file:///x",
    "//a",
    "/a",
    "",
    undefined,
  ])
    expect(safe(bad)).toBeNull();
});

it("knows whose a user token is", () => {
  const claims = btoa(JSON.stringify({ sub: "42" })).replaceAll("=", "");
  expect([`h.${claims}.s`, "ana@shop.example:0a1b", "a:b:0a", "nonsense", "h.%%.s", ""].map(subject)).toEqual([
    "42",
    "ana@shop.example",
    "a:b",
    "nonsense",
    "h.%%.s",
    "",
  ]);
});

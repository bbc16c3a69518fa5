import { expect, it } from "vitest";
import { OWN } from "../vite.config";
import { TEXTS } from "./texts";

const sources = import.meta.glob<string>(["./types.ts", "./store.ts", "./shelf.ts", "../widget.d.ts"], {
  eager: true,
  query: "?raw",
  import: "default",
});

/** The names of an interface's fields. */
function fieldsOf(file: string, name: string): string[] {
  const [, body = ""] = new RegExp(`interface ${name} \\{\\n([\\s\\S]*?)\\n\\}`).exec(sources[file] ?? "") ?? [];
  return [...body.matchAll(/^ {2}"?([\w-]+)"?[?(:<]/gm)].map(([, field = ""]) => field);
}

it.each([
  ["./types.ts", "Settings", 8],
  ["./types.ts", "Standing", 8],
  ["./types.ts", "Session", 3],
  ["./types.ts", "Body", 20],
  ["./types.ts", "Field", 8],
  ["./types.ts", "Component", 8],
  ["./types.ts", "Item", 8],
  ["./store.ts", "News", 8],
  ["./shelf.ts", "Memory", 6],
  ["../widget.d.ts", "ChatOptions", 8],
  ["../widget.d.ts", "Chat", 10],
])("shortens no name of %s %s: others know it", (file, name, least) => {
  const names = fieldsOf(file, name);
  expect(names.length).toBeGreaterThanOrEqual(least);
  expect(names.filter(one => OWN.test(one))).toEqual([]);
});

it("shortens no key of a text: it is asked for by its name", () => {
  expect(Object.keys(TEXTS).filter(key => OWN.test(key))).toEqual([]);
});

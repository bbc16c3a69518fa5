import { describe, expect, it } from "vitest";
import { speaker, type Text, type Texts, texts } from "./texts";

const sample = texts({
  en: { hello: "Hello {name}", runs: { one: "{count} run", other: "{count} runs" } },
  de: { hello: "Hallo {name}", runs: { one: "{count} Lauf", other: "{count} Läufe" } },
});

describe("what is said", () => {
  it("has its placeholders filled in", () => {
    expect(speaker(sample, "de")("hello", { name: "{count} & Söhne" })).toBe("Hallo {count} & Söhne");
  });

  it("counts as the language does", () => {
    const say = speaker(sample, "de");
    expect([say("runs", { count: 1 }), say("runs", { count: 0 }), say("runs", { count: 12345 })]).toEqual([
      "1 Lauf",
      "0 Läufe",
      "12.345 Läufe",
    ]);
  });
});

const modules = import.meta.glob<Record<string, unknown>>("../**/{texts,*Texts,*.texts}.ts", { eager: true });
const catalogues = Object.entries(modules).flatMap(([file, module]) =>
  Object.entries(module)
    .filter((entry): entry is [string, Texts] => isTexts(entry[1]))
    .map(([name, of]) => ({ name: `${file}: ${name}`, of })),
);

/** Words that stand for something that has another name: see "Words" in web/README.md. */
const STRANGERS = {
  en: /\b(visitor|telephone|someone|mend(ed)?|erase)\b|’/i,
  de: /\b(prozedur|unterhaltung|knopf|knöpfe|schaltknopf|kopfzeile|umformer|wahlfrei|freiwillig|erdacht)|benutzt|benutzen|kundin|einzelheit/i,
} as const;

describe.each(catalogues)("$name", ({ of }) => {
  it("needs the same in every language, and says something", () => {
    for (const [key, english] of Object.entries(of.en)) {
      const german = of.de[key];
      if (german === undefined) throw new Error(`${key} has no German`);
      for (const text of [...forms(english), ...forms(german)]) expect(text.trim(), key).not.toBe("");
      expect(needed(german), key).toEqual(needed(english));
    }
  });

  it("says the one word that each thing has", () => {
    for (const language of ["en", "de"] as const) {
      for (const [key, said] of Object.entries(of[language])) {
        for (const text of forms(said)) expect(text, key).not.toMatch(STRANGERS[language]);
      }
    }
  });

  it("addresses the reader formally in German", () => {
    for (const [key, german] of Object.entries(of.de)) {
      for (const text of forms(german)) expect(text, key).not.toMatch(/\b(du|dein|deine|deinen|dich|dir)\b/i);
    }
  });
});

it("finds the catalogues", () => {
  expect(catalogues.length).toBeGreaterThan(1);
});

function isTexts(value: unknown): value is Texts {
  return typeof value === "object" && value !== null && "en" in value && "de" in value;
}

function forms(text: Text): readonly string[] {
  return typeof text === "string" ? [text] : [text.one, text.other];
}

/** The placeholders of a text, `count` aside: a language may leave the number of a single thing out. */
function needed(text: Text): readonly string[] {
  const names = forms(text).flatMap(form => [...form.matchAll(/\{(\w+)\}/g)].map(match => match[1] ?? ""));
  return [...new Set(names)].filter(name => name !== "count").sort();
}

import { describe, expect, it } from "vitest";
import { inLanguage, languagesOf, tidied } from "./byLanguage";

describe("a text by language", () => {
  it("is the exact version, then that of the language, then English, then any", () => {
    const said = { en: "colour", "de-AT": "Jänner", de: "Januar" };
    expect(inLanguage(said, "de-AT")).toBe("Jänner");
    expect(inLanguage(said, "de-CH")).toBe("Januar");
    expect(inLanguage(said, "fr")).toBe("colour");
    expect(inLanguage({ pl: "tak" }, "fr")).toBe("tak");
    expect(inLanguage("the same for all", "fr")).toBe("the same for all");
  });

  it("loses its empty versions, and is plain where one is left", () => {
    expect(tidied({ en: " Ask us ", de: "Fragen Sie uns", fr: " " })).toEqual({ en: "Ask us", de: "Fragen Sie uns" });
    expect(tidied({ en: "Ask us", de: "" })).toBe("Ask us");
    expect(tidied({ en: "", de: " " })).toBe("");
    expect(tidied("  ")).toBe("");
  });

  it("tells which languages there are", () => {
    expect(languagesOf(["plain", { en: "a", de: "b" }, { de: "c", fr: "d" }])).toEqual(["en", "de", "fr"]);
  });
});

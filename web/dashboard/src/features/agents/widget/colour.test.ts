import { describe, expect, it } from "vitest";
import { readable, sixDigits } from "./colour";

describe("a widget's colour", () => {
  it("is written on in white where it is dark, and in black where it is bright", () => {
    expect(readable("#1d4ed8")?.text).toBe("#ffffff");
    expect(readable("#FACC15")?.text).toBe("#000000");
  });

  it("has the contrast that WCAG reckons", () => {
    expect(readable("#000000")?.onIt).toBeCloseTo(21, 5);
    expect(readable("#ffffff")?.onWhite).toBeCloseTo(1, 5);
    expect(readable("#767676")?.onWhite).toBeCloseTo(4.54, 2);
    expect(readable("#2563eb")?.onIt).toBeCloseTo(5.17, 2);
  });

  it("leaves few colours on which text is faint", () => {
    const faint = every(17).filter(colour => (readable(colour)?.onIt ?? 0) < 4.5);
    expect(faint).toContain("#0077dd");
    for (const colour of faint) expect(readable(colour)?.onIt).toBeGreaterThan(4.2);
  });

  it("is no colour where it is something else", () => {
    expect([readable("red"), readable("#fff"), readable("")]).toEqual([null, null, null]);
  });

  it("is written with six digits", () => {
    expect(["#1D4ED8", "1d4ed8", " #abc ", "red", "#12"].map(sixDigits)).toEqual([
      "#1d4ed8",
      "#1d4ed8",
      "#aabbcc",
      "red",
      "#12",
    ]);
  });
});

/** Colours all over the cube, so far apart. */
function every(apart: number): string[] {
  const steps = Array.from({ length: 255 / apart + 1 }, (_, at) => (at * apart).toString(16).padStart(2, "0"));
  return steps.flatMap(red => steps.flatMap(green => steps.map(blue => `#${red}${green}${blue}`)));
}

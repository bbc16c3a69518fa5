import { expect, it } from "vitest";
import { OFFERED } from "../../ui/byLanguage";
import { labelOf, languagesFor } from "./who";

it("offers the languages that a document's texts are in beside the usual ones", () => {
  const document = {
    name: "Refund",
    steps: [
      { id: "tell", text: { en: "Done", sv: "Klart" } },
      { id: "call", headers: { accept: "text/plain" }, sample_response: { ok: "yes", zz: "no" } },
    ],
  };
  expect(languagesFor(document, "en")).toEqual([...OFFERED, "sv"]);
  expect(languagesFor(null, "fi")).toEqual([...OFFERED, "fi"]);
});

it.each([
  [{ first_name: "Ada", last_name: "Lovelace", email: "ada@example.com" }, "Ada Lovelace <ada@example.com>"],
  [{ email: "ada@example.com" }, "ada@example.com"],
  [{ id: "17" }, "17"],
  [{}, ""],
])("calls a customer by what is known: %j", (known, label) => {
  expect(labelOf({ attributes: {}, ...known })).toBe(label);
});

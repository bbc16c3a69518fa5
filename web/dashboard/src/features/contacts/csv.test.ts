import { expect, it } from "vitest";
import { contactsOf, guess, readTable, readValue } from "./csv";

it("reads cells with separators, quotes and line breaks in them", () => {
  const table = readTable('\ufeffid;name\r\n1;"Doe; Jane"\r\n2;"said ""hi""\nand left"\r\n\r\n');
  expect(table).toEqual({
    header: ["id", "name"],
    rows: [
      ["1", "Doe; Jane"],
      ["2", 'said "hi"\nand left'],
    ],
  });
});

it("takes nothing for a table that has no names on top", () => {
  expect(readTable("")).toBeNull();
  expect(readTable("id,,name\n1,2,3")).toBeNull();
});

it("guesses what columns are, each field once", () => {
  expect(guess(["Customer ID", "E-Mail", "mail", "Vorname", "Plan", "attributes"])).toEqual([
    "id",
    "email",
    "attribute",
    "first_name",
    "attribute",
    "attributes",
  ]);
});

it("makes contacts, and leaves empty cells out", () => {
  const table = { header: ["id", "email", "plan", "seats"], rows: [["17", "", "pro", "12"], ["18"]] };
  expect(contactsOf(table, ["id", "email", "attribute", "attribute"])).toEqual([
    { id: "17", attributes: { plan: "pro", seats: 12 } },
    { id: "18" },
  ]);
});

it("keeps what only looks like a number", () => {
  expect(["007", "1.50", "12", "true", "{", "+49"].map(readValue)).toEqual(["007", "1.50", 12, true, "{", "+49"]);
});

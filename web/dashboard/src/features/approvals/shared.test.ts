import type { EditableValue } from "@deskhand/contract";
import { expect, test } from "vitest";
import { changed, initial, written } from "./shared";

const value = (name: string, more: Partial<EditableValue> = {}): EditableValue => ({
  name,
  label: name,
  description: "",
  type: "text",
  choices: [],
  value: "a",
  required: true,
  sensitive: false,
  max_length: null,
  ...more,
});

test("only what differs is sent", () => {
  const editable = [value("same"), value("other"), value("amount", { type: "number", value: 50 })];
  expect(changed(editable, { same: "a", other: "b", amount: "40" })).toEqual({ other: "b", amount: "40" });
});

test("a number that is written as it was is no change", () => {
  expect(changed([value("amount", { type: "number", value: 50 })], { amount: "50" })).toEqual({});
});

test("an optional value that is emptied is taken out, a required one is left for the server to refuse", () => {
  const editable = [value("note", { required: false }), value("order")];
  expect(changed(editable, { note: "", order: "" })).toEqual({ note: null, order: "" });
});

test("a secret begins empty and is sent only when something was typed", () => {
  const pin = value("pin", { sensitive: true, value: null });
  expect(initial(pin)).toBe("");
  expect(changed([pin], { pin: "" })).toEqual({});
  expect(changed([pin], { pin: "1234" })).toEqual({ pin: "1234" });
});

test("values are written on one line", () => {
  expect([written("x"), written(5), written(true), written({ a: 1 }), written(null, "–")]).toEqual([
    "x",
    "5",
    "true",
    '{"a":1}',
    "–",
  ]);
});

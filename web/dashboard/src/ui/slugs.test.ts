import { expect, it } from "vitest";
import { freeSlug, slugOf } from "./slugs";

it("makes slugs of names in any writing", () => {
  expect([slugOf("Rückgabe & Größe"), slugOf("  Café 24/7 "), slugOf("配送")]).toEqual([
    "rueckgabe-groesse",
    "cafe-24-7",
    "",
  ]);
});

it("numbers a slug that something has already", () => {
  expect(freeSlug("Delivery", ["delivery", "delivery-2"], "source")).toBe("delivery-3");
  expect(freeSlug("配送", [], "source")).toBe("source");
});

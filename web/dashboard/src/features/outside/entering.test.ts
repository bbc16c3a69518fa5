import { expect, test } from "vitest";
import { within } from "./entering";

test("whoever signs in comes back to where they were", () => {
  expect(within("/procedures/refund?tab=yaml#step")).toBe("/procedures/refund?tab=yaml#step");
});

test.each([
  null,
  "",
  "https://evil.example",
  "//evil.example",
  "/\\evil.example",
  "javascript:alert(1)",
  "/sign-in?next=/x",
])("a link leads nowhere else: %s", next => {
  expect(within(next)).toBe("/");
});

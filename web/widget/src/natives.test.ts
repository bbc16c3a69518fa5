import { expect, it, vi } from "vitest";
import { json } from "./natives";

it("writes the JSON that there is, whatever a page has put on its arrays", () => {
  Object.defineProperty(Array.prototype, "toJSON", { configurable: true, value: () => "garbled" });
  try {
    const value = { a: [1, "x", null, { b: true }], gone: undefined, 'q"': "é" };
    expect(JSON.parse(json(value))).toEqual({ a: [1, "x", null, { b: true }], 'q"': "é" });
    expect(json([undefined])).toBe("[null]");
  } finally {
    Reflect.deleteProperty(Array.prototype, "toJSON");
  }
});

it("makes identifiers of version 7 that sort as they were made, also by a clock that goes back", async () => {
  vi.useFakeTimers({ now: 1_790_000_000_000 });
  vi.resetModules(); // the clock is taken when the module comes
  const { uuid } = await import("./natives");
  const made = [uuid()];
  vi.advanceTimersByTime(1);
  for (let count = 0; count < 50; count++) made.push(uuid());
  vi.setSystemTime(1_780_000_000_000);
  made.push(uuid());
  vi.useRealTimers();
  expect(made[0]).toMatch(/^[0-9a-f]{12}7[0-9a-f]{3}[89ab][0-9a-f]{15}$/);
  expect([...made].sort()).toEqual(made);
});

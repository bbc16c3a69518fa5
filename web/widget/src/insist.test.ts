import { afterAll, expect, it, vi } from "vitest";

// the widget takes the browser's timers when it arrives
vi.useFakeTimers();
const { createPatience } = await import("./insist");
afterAll(() => {
  vi.useRealTimers();
});

function trying(...ends: (object | null)[]) {
  const told: boolean[] = [];
  const patience = createPatience(gone => told.push(gone));
  const act = vi.fn(async () => {
    const end = ends.shift();
    if (end) throw end;
  });
  return { told, act, ...patience };
}

it("tries again with growing pauses until somebody answers", async () => {
  const { told, act, insist } = trying({ status: 0 }, { status: 0 }, { status: 0 }, null);
  const done = insist(act, () => true);
  await vi.advanceTimersByTimeAsync(5000);
  expect(await done).toBeNull();
  expect(act).toHaveBeenCalledTimes(4);
  expect(told).toEqual([true, true, true, false]);
});

it("gives up what is refused for good, and says so", async () => {
  const { act, insist } = trying({ status: 409, message: "too late" });
  expect(await insist(act, () => true)).toMatchObject({ status: 409 });
  expect(act).toHaveBeenCalledTimes(1);
});

it("waits as long as the service wishes", async () => {
  const { act, insist } = trying({ status: 429, pause: 9000 }, null);
  const done = insist(act, () => true);
  await vi.advanceTimersByTimeAsync(8999);
  expect(act).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(1);
  await done;
  expect(act).toHaveBeenCalledTimes(2);
});

it("does not try for ever what breaks the service down each time", async () => {
  const broken = { status: 500, message: "oh" };
  const { act, insist } = trying(broken, broken, broken, broken, broken);
  const done = insist(act, () => true);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await done).toBe(broken);
});

it("goes on at once when it is woken, and ends when nobody wants it any more", async () => {
  let wanted = true;
  const { act, insist, rouse } = trying({ status: 0 }, { status: 0 }, { status: 0 });
  const done = insist(act, () => wanted);
  await vi.advanceTimersByTimeAsync(0);
  rouse();
  await vi.advanceTimersByTimeAsync(0);
  expect(act).toHaveBeenCalledTimes(2);
  wanted = false;
  rouse();
  expect(await done).toBeNull();
});

it("takes what is no answer of the service for a line that broke", async () => {
  const { told, act, insist } = trying(new TypeError("terminated"), null);
  const done = insist(act, () => true);
  await vi.advanceTimersByTimeAsync(1000);
  await done;
  expect(told).toEqual([true, false]);
});

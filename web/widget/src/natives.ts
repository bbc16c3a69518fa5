// What the widget uses of the language, taken when its script arrives: old libraries on a host page replace some of it,
// and a page may freeze the prototypes. Uncalled methods are also shorter once they are minified.

type Uncall = <S, A extends unknown[], R>(method: (this: S, ...rest: A) => R) => (self: S, ...rest: A) => R;

/** A method as a function whose first argument is its object. */
export const uncalled = Function.prototype.bind.bind(Function.prototype.call) as unknown as Uncall;

type Each<R> = <T>(list: readonly T[], look: (one: T, at: number) => unknown) => R;

const list: unknown[] = [];
export const each = uncalled(list.forEach) as Each<void>;
export const map = uncalled(list.map) as <T, R>(list: readonly T[], make: (one: T, at: number) => R) => R[];
export const filter = uncalled(list.filter) as <T>(list: readonly T[], keep: (one: T, at: number) => unknown) => T[];
export const find = uncalled(list.find) as <T>(list: readonly T[], look: (one: T) => unknown) => T | undefined;
export const findLast = uncalled(list.findLast) as typeof find;
export const some = uncalled(list.some) as Each<boolean>;
export const has = uncalled(list.includes) as <T>(list: readonly T[], one: unknown) => boolean;
export const push = uncalled(list.push) as <T>(list: T[], ...more: T[]) => number;
export const join = uncalled(list.join) as (list: readonly unknown[], between: string) => string;

export const { keys, assign, entries: pairs, freeze } = Object;
const { isArray } = Array;
export const { parse, stringify } = JSON;
export const { now } = Date;
const { random, min, max } = Math;

export { isArray, max, min };
export const { setTimeout, clearTimeout, queueMicrotask, fetch } = globalThis;
type Listen = (to: EventTarget, name: string, heard: (event: never) => unknown, more?: AddEventListenerOptions) => void;
export const listen = uncalled(EventTarget.prototype.addEventListener) as unknown as Listen;
/** A pause under way. */
export type Timer = ReturnType<typeof setTimeout> | undefined;

/** JSON of plain values; some libraries put a `toJSON` on every array that would garble it. */
export function json(value: unknown): string {
  if (isArray(value)) return `[${join(map(value, json), ",")}]`;
  if (!value || typeof value !== "object") return stringify(value) ?? "null";
  const there = filter(pairs(value), ([, one]) => one !== undefined);
  return `{${join(
    map(there, ([key, one]) => `${stringify(key)}:${json(one)}`),
    ",",
  )}}`;
}

/** The value of a JSON text, or nothing where it is none. */
export function read<T>(text: string | null | undefined): T | undefined {
  try {
    return parse(text ?? "") as T;
  } catch {
    return;
  }
}

/** A pause with the jitter that keeps a thousand widgets from knocking all at once. */
export const jitter = (ms: number) => ms * (0.7 + random() * 0.6);

let last = 0;
/** A UUIDv7 in hex: it sorts by when it was made, also where the clock stands still or goes back. */
export function uuid(): string {
  last = max(now(), last + 1);
  const bytes = [...crypto.getRandomValues(new Uint8Array(9))];
  const random = join(
    map(bytes, one => (one + 256).toString(16).slice(1)),
    "",
  );
  return `0${last.toString(16)}7${random.slice(0, 3)}8${random.slice(3)}`;
}

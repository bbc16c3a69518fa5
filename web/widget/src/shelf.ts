// What a browser remembers for the widget: in localStorage, or as long as the page lives.

import { each, filter, json, keys, map, read } from "./natives";
import type { Item, Settings } from "./types";

/** What a visit is made of; all tabs of a browser read and write the same. */
export interface Memory {
  token?: string;
  settings?: Settings;
  /** When the settings were read. */
  at?: number;
  conversation?: string;
  /** The conversation that the service has. */
  opened?: string;
  /** The number of the last entry that was seen. */
  read?: number;
  /** The lead form was sent or put away. */
  lead?: boolean;
  sound?: boolean;
}

export interface Shelf {
  name: string;
  /** Whether other tabs see it too. */
  shared: boolean;
  memory(): Memory;
  remember(change: Memory): void;
  items(): Item[];
  keep(item: Item): void;
  drop(id: string): void;
  clear(): void;
}

/** The browser's own storage where a page may use it. */
function browserStorage(name: "localStorage" | "sessionStorage"): Storage | null {
  try {
    return window[name];
  } catch {
    return null;
  }
}

/** Of all tabs, and of this one. */
export const commonStorage = browserStorage("localStorage");
export const tabStorage = browserStorage("sessionStorage");

/** Keep a text where there is room for it; gives whether there was. */
export function save(place: Storage | null, key: string, text: string): boolean {
  try {
    place?.setItem(key, text);
    return !!place;
  } catch {
    return false;
  }
}

/** Everything under one name. Each item has a key of its own: tabs that write at once take nothing from each other. */
export function createShelf(name: string, storage = commonStorage): Shelf {
  const own = `deskhand:${name}`;
  const prefix = `${own}:out:`;
  const held = new Map<string, string>();
  const get = (key: string) => held.get(key) ?? storage?.getItem(key);
  const set = (key: string, value: unknown) => {
    const text = json(value);
    held.delete(key);
    if (!save(storage, key, text)) held.set(key, text); // then it lasts as long as the page
  };
  const drop = (key: string) => {
    held.delete(key);
    storage?.removeItem(key);
  };
  const ours = () => filter([...keys(storage ?? {}), ...held.keys()], key => key.startsWith(prefix)).sort();
  const memory = () => read<Memory>(get(own)) ?? {};
  return {
    name,
    shared: !!storage,
    memory,
    remember: change => set(own, { ...memory(), ...change }),
    items: () =>
      filter(
        map(ours(), key => read<Item>(get(key)) as Item),
        item => item?.id,
      ),
    keep: item => set(prefix + item.id, item),
    drop: id => drop(prefix + id),
    clear: () => each([own, ...ours()], drop),
  };
}

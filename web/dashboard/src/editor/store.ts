/** A value that components watch: the smallest store that `useSyncExternalStore` needs. */

import { useSyncExternalStore } from "react";

export class Store<T extends object> {
  private readonly listeners = new Set<() => void>();

  constructor(private value: T) {}

  readonly get = (): T => this.value;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  set(change: Partial<T>): void {
    this.value = { ...this.value, ...change };
    for (const tell of this.listeners) tell();
  }
}

/** A part of a store; the component is drawn anew only when that part is another one. */
export function useStore<T extends object, S>(store: Store<T>, part: (value: T) => S): S {
  return useSyncExternalStore(store.subscribe, () => part(store.get()));
}

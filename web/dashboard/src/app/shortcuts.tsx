/** Keys: each screen says which ones it has while it is shown, and the `?` sheet lists them. */

import { createContext, type ReactNode, use, useEffect, useId, useMemo, useRef, useState } from "react";

export interface Shortcut {
  /** A key as it is typed (`a`, `?`, `ArrowDown`), with `mod+` for Ctrl or ⌘. Two after one another: `g i`. */
  readonly key: string;
  readonly label: string;
  readonly run: () => void;
  /** Whether it works while a field is being typed in. */
  readonly inFields?: boolean;
}

export interface ShortcutGroup {
  readonly title: string;
  readonly shortcuts: readonly Shortcut[];
}

interface Registry {
  readonly set: (id: string, group: ShortcutGroup | null) => void;
  readonly groups: readonly ShortcutGroup[];
}

const Context = createContext<Registry>({ set: () => {}, groups: [] });
/** Milliseconds in which the second key of two has to follow. */
const TOGETHER = 900;

export function ShortcutsProvider({ children }: { children: ReactNode }) {
  const [groups, setGroups] = useState<ReadonlyMap<string, ShortcutGroup>>(new Map());
  const latest = useRef(groups);
  latest.current = groups;
  const set = useRef((id: string, group: ShortcutGroup | null) => {
    setGroups(before => {
      const after = new Map(before);
      if (group) after.set(id, group);
      else after.delete(id);
      return after;
    });
  });
  useEffect(() => {
    let first = { key: "", at: 0 };
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const key = nameOf(event);
      const two = event.timeStamp - first.at < TOGETHER ? `${first.key} ${key}` : "";
      first = { key, at: event.timeStamp };
      const typing = isTyping(event.target);
      const all = [...latest.current.values()].reverse().flatMap(group => group.shortcuts);
      const found = all.find(one => (one.key === two || one.key === key) && (!typing || one.inFields));
      if (!found) return;
      event.preventDefault();
      found.run();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
  const registry = useMemo(() => ({ set: set.current, groups: [...groups.values()] }), [groups]);
  return <Context value={registry}>{children}</Context>;
}

/** Offer these keys while the component is shown. */
export function useShortcuts(title: string, shortcuts: readonly Shortcut[]): void {
  const { set } = use(Context);
  const id = useId();
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  const shape = JSON.stringify(shortcuts.map(({ key, label, inFields }) => [key, label, inFields]));
  // biome-ignore lint/correctness/useExhaustiveDependencies: `shape` stands for what the list holds
  useEffect(() => {
    const live = latest.current.map((one, at) => ({ ...one, run: () => latest.current[at]?.run() }));
    set(id, { title, shortcuts: live });
    return () => set(id, null);
  }, [id, title, shape, set]);
}

/** All keys that work now, by group. */
export function useShortcutGroups(): readonly ShortcutGroup[] {
  return use(Context).groups;
}

function nameOf(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const shifted = event.shiftKey && event.key.length > 1 ? "shift+" : "";
  return `${event.ctrlKey || event.metaKey ? "mod+" : ""}${event.altKey ? "alt+" : ""}${shifted}${key}`;
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches("input:not([type=checkbox], [type=radio]), textarea, select");
}

/** Filters that live in the address, so that a list can be linked to and gone back to. */

import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useSearchParams } from "react-router";
import { useLeft } from "./place";

export type Filters<Name extends string> = Readonly<Record<Name, string>>;

/** The filters of the address, empty where not set, and how one or several of them change. */
export function useFilters<const Name extends string>(
  names: readonly Name[],
): readonly [Filters<Name>, (changes: Partial<Filters<Name>>) => void, () => void] {
  const [search, setSearch] = useSearchParams();
  const text = search.toString();
  const key = names.join();
  // the router's own search lags behind: of two changes at once the second would undo the first
  const [ahead, setAhead] = useState<string | null>(null);
  const current = ahead ?? text;
  const latest = useRef(current);
  const underWay = useRef<string[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for the names
  const filters = useMemo(() => {
    const found = new URLSearchParams(current);
    return Object.fromEntries(names.map(name => [name, found.get(name) ?? ""])) as Filters<Name>;
  }, [current, key]);
  useEffect(() => {
    if (text !== latest.current && underWay.current.includes(text)) return; // it has further to go
    underWay.current = [];
    latest.current = text;
    setAhead(null);
  }, [text]);
  const left = useLeft();
  const change = useCallback(
    (changes: Partial<Filters<Name>>) => {
      if (left()) return; // what was typed a moment before must not call them back
      const after = new URLSearchParams(latest.current);
      for (const [name, value] of Object.entries<string | undefined>(changes)) {
        if (value) after.set(name, value);
        else after.delete(name);
      }
      latest.current = after.toString();
      underWay.current.push(latest.current);
      setAhead(latest.current);
      setSearch(after, { replace: true, preventScrollReset: true });
    },
    [setSearch, left],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for the names
  const clear = useCallback(
    () => change(Object.fromEntries(names.map(name => [name, ""])) as Partial<Filters<Name>>),
    [change, key],
  );
  return [filters, change, clear];
}

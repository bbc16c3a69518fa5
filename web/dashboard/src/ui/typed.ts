/** Filters that are typed: the address follows a moment later. */

import { useEffect, useRef, useState } from "react";

/** What is being typed; the list follows a moment later, and a change of the address comes back here. */
export function useTyped(asked: string, change: (text: string) => void): readonly [string, (text: string) => void] {
  const [value, setValue] = useState(asked);
  const told = useRef(asked);
  // a change elsewhere in between must not take back what is still to be told
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef(change);
  latest.current = change;
  const waiting = useRef<string | null>(null);
  const flush = useRef(() => {
    clearTimeout(timer.current);
    if (waiting.current === null) return;
    told.current = waiting.current;
    waiting.current = null;
    latest.current(told.current);
  });
  // closed before the moment was over: it is told all the same
  useEffect(() => flush.current, []);
  const tell = (text: string) => {
    waiting.current = text;
    clearTimeout(timer.current);
    timer.current = setTimeout(flush.current, 250);
  };
  useEffect(() => {
    if (asked === told.current || asked === told.current.trim()) return; // a word more may follow the space
    told.current = asked;
    setValue(asked);
  }, [asked]);
  const type = (text: string) => {
    setValue(text);
    tell(text);
  };
  return [value, type];
}

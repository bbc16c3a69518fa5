/** What the first screen does without is fetched when the browser has nothing else to do. */

import { type ReactNode, Suspense, useEffect, useState } from "react";

const SOON = 1_000;

/** Shows its children a moment after the first screen. */
export function Later({ children }: { children: ReactNode }) {
  const [time, setTime] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setTime(true), SOON);
    return () => clearTimeout(timer);
  }, []);
  return time ? <Suspense>{children}</Suspense> : null;
}

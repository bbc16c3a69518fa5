/** Whether a panel is on screen: what stands behind another tab works nothing out and paints nothing. */

import { type RefCallback, useCallback, useRef, useState } from "react";

export function useShown(): readonly [RefCallback<HTMLElement>, boolean] {
  const [shown, setShown] = useState(true);
  const observer = useRef<IntersectionObserver | null>(null);
  const ref = useCallback((element: HTMLElement | null) => {
    observer.current?.disconnect();
    if (!element) return;
    observer.current = new IntersectionObserver(entries => setShown(entries.some(one => one.isIntersecting)));
    observer.current.observe(element);
  }, []);
  return [ref, shown];
}

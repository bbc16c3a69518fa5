/** The entry that the address names (`#e12`): it is loaded if need be, brought into view and marked. */

import { useEffect, useRef } from "react";
import { useLocation } from "react-router";
import type { WholeTimeline } from "./useTimeline";

export function useTarget(data: WholeTimeline): string | null {
  const { hash } = useLocation();
  const target = /^#e\d+$/.test(hash) ? hash.slice(1) : null;
  const there = target !== null && data.items.some(item => item.id === target);
  const scrolled = useRef<string | null>(null);
  const { later, loadingLater } = data;
  useEffect(() => {
    if (target && !there && later && !loadingLater) later();
  }, [target, there, later, loadingLater]);
  useEffect(() => {
    if (!target || !there || scrolled.current === target) return;
    scrolled.current = target;
    document.getElementById(target)?.scrollIntoView({ block: "center" });
  }, [target, there]);
  return target;
}

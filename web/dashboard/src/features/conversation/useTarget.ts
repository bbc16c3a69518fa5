/**
 * What the address names: an entry (`#e12`) or a run (`?run=run_…`), which stands for its first entry.
 *
 * It is loaded if need be, brought into view, given the focus and marked.
 */

import { useEffect, useRef } from "react";
import { useLocation } from "react-router";
import type { WholeTimeline } from "./useTimeline";

export interface Target {
  /** The entry that is marked, as far as it is known yet. */
  readonly entry: string | null;
  readonly run: string | null;
}

export function useTarget(data: WholeTimeline): Target {
  const { hash, search } = useLocation();
  const named = /^#e\d+$/.test(hash) ? hash.slice(1) : null;
  const asked = new URLSearchParams(search).get("run");
  const run = data.runs.some(one => one.id === asked) ? asked : null;
  const found = data.items.find(item => (named ? item.id === named : run !== null && item.run === run))?.id ?? null;
  const wanted = named ?? run;
  const { later, loadingLater } = data;
  useEffect(() => {
    if (wanted && !found && later && !loadingLater) later();
  }, [wanted, found, later, loadingLater]);
  // a run of which nothing is told has only its card
  const place = found ?? (later || named ? null : run);
  const shown = useRef<string | null>(null);
  useEffect(() => {
    if (!place || shown.current === place) return;
    shown.current = place;
    if (run) document.getElementById(run)?.scrollIntoView({ block: "nearest" });
    const element = document.getElementById(place);
    element?.focus({ preventScroll: true });
    element?.scrollIntoView({ block: "center" });
  }, [place, run]);
  return { entry: named ?? found, run };
}

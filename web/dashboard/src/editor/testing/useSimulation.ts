/** A simulation of what is being written, worked out anew at every change of the document or the script. */

import type { Paint, Report, Script } from "@deskhand/contract";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api } from "../../api/client";
import { type CanvasPaint, canvasPaint } from "../paint";
import type { Draft } from "../panel";

export function useSimulation(document: Draft, script: Script, shown: boolean) {
  return useQuery<Report>({
    queryKey: ["simulation", document, script],
    queryFn: async ({ signal }) => {
      const { data } = await api.POST("/v1/simulate", { body: { document: { ...document }, script }, signal });
      if (!data) throw new Error("/v1/simulate came back empty");
      return data;
    },
    placeholderData: keepPreviousData,
    enabled: shown,
    retry: false,
    gcTime: 60_000,
  });
}

/** The place in a way that is looked at: the last one, until somebody goes back. */
export function usePlace(paint: Paint | undefined) {
  const length = paint?.visits.length ?? 0;
  const [at, setAt] = useState<number | null>(null);
  const place = Math.max(0, Math.min(at ?? length - 1, length - 1));
  return { place, length, go: (to: number) => setAt(to >= length - 1 ? null : Math.max(0, to)) };
}

/** Show a way on the canvas; it stays there while another tab is looked at, until that one paints or the panel goes. */
export function usePainted(
  paint: Paint | undefined,
  slug: string,
  place: number | null,
  onPaint: (paint: CanvasPaint | null) => void,
  shown: boolean,
): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the callback is the canvas's own
  useEffect(() => {
    if (shown) onPaint(paint?.visits.length ? canvasPaint(paint, slug, place) : null);
  }, [paint, slug, place, shown]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the panel goes
  useEffect(() => () => onPaint(null), []);
}

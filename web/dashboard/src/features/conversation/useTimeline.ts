/** A conversation's timeline, from the beginning on, live. */

import type { Timeline, TimelineItem } from "@deskhand/contract";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useRef } from "react";
import { api } from "../../api/client";
import { useHints } from "../../api/live";

const PATH = "/v1/conversations/{id}/timeline";

export interface WholeTimeline {
  readonly items: readonly TimelineItem[];
  readonly spans: Timeline["spans"];
  readonly runs: Timeline["runs"];
  readonly underWay: Timeline["under_way"];
  readonly later: (() => void) | undefined;
  readonly loadingLater: boolean;
}

export interface Asked {
  readonly data: WholeTimeline | undefined;
  readonly error: unknown;
  readonly refetch: () => unknown;
}

export function useTimeline(id: string): Asked {
  const queries = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const query = useInfiniteQuery({
    queryKey: ["get", PATH, { id }],
    queryFn: async ({ pageParam, signal }) => {
      const { data } = await api.GET(PATH, { params: { path: { id }, query: { after: pageParam } }, signal });
      if (!data) throw new Error(`${PATH} came back empty`);
      return data;
    },
    initialPageParam: 0,
    getNextPageParam: page => (page.more ? page.last : undefined),
  });
  useHints(hint => {
    const here = hint.kind === "resumed" || hint.body.conversation === id;
    if (!here || hint.kind === "presence" || timer.current) return;
    timer.current = setTimeout(() => {
      timer.current = null;
      void queries.invalidateQueries({ queryKey: ["get", PATH, { id }] });
    }, 300);
  });
  const pages = query.data?.pages;
  const data = useMemo(() => {
    const last = pages?.at(-1);
    if (!pages || !last) return undefined;
    return {
      items: pages.flatMap(page => page.items),
      spans: pages.flatMap(page => page.spans),
      runs: last.runs,
      underWay: last.under_way,
    };
  }, [pages]);
  return {
    data: data && {
      ...data,
      later: query.hasNextPage ? () => void query.fetchNextPage() : undefined,
      loadingLater: query.isFetchingNextPage,
    },
    error: query.error,
    refetch: query.refetch,
  };
}

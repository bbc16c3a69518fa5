/** A queue of the inbox, page by page and live. */

import type { InboxItem, QueueCounts } from "@deskhand/contract";
import { type InfiniteData, useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { api } from "../../api/client";
import { useLive } from "../../api/live";
import type { Queue } from "./texts";

interface Page {
  readonly items: readonly InboxItem[];
  readonly cursor: string | null;
  readonly counts: QueueCounts;
}

export interface QueueList {
  readonly items: readonly InboxItem[];
  readonly counts: QueueCounts | undefined;
  readonly loading: boolean;
  readonly error: unknown;
  readonly retry: () => void;
  readonly more: (() => void) | undefined;
  readonly loadingMore: boolean;
}

const NOTHING: Page = {
  items: [],
  cursor: null,
  counts: { mine: 0, unassigned: 0, waiting: 0, agent: 0, all: 0, resolved: 0 },
};

export function useQueue(queue: Queue): QueueList {
  useLive(["/v1/inbox"], hint => hint.kind === "changed");
  const query = useInfiniteQuery<Page, Error, InfiniteData<Page>, unknown[], string | undefined>({
    queryKey: ["get", "/v1/inbox", { queue }],
    queryFn: async ({ pageParam, signal }) => {
      const params = { query: { queue, limit: 50, ...(pageParam ? { cursor: pageParam } : {}) } };
      return (await api.GET("/v1/inbox", { params, signal })).data ?? NOTHING;
    },
    initialPageParam: undefined,
    getNextPageParam: page => page.cursor ?? undefined,
  });
  const pages = query.data?.pages;
  const items = useMemo(() => once(pages?.flatMap(page => page.items) ?? []), [pages]);
  return {
    items,
    counts: pages?.[0]?.counts,
    loading: query.isPending,
    error: query.error,
    retry: () => void query.refetch(),
    more: query.hasNextPage ? () => void query.fetchNextPage() : undefined,
    loadingMore: query.isFetchingNextPage,
  };
}

/** What moved from one page to another while they were fetched is shown once. */
function once(items: readonly InboxItem[]): InboxItem[] {
  return [...new Map(items.map(item => [item.conversation, item])).values()];
}

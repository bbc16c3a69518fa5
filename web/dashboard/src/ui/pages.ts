/** Lists that come in pages, by the service's cursors. */

import { type InfiniteData, useInfiniteQuery } from "@tanstack/react-query";

interface PageOf<Row> {
  readonly items: readonly Row[];
  readonly cursor: string | null;
}

interface Paged<Row> {
  readonly data: readonly Row[] | undefined;
  readonly error: unknown;
  readonly refetch: () => unknown;
  /** Shows the next page; undefined at the end. */
  readonly more: (() => void) | undefined;
  readonly loadingMore: boolean;
}

/**
 * A list that grows by pages: `usePages("/v1/runs", { status }, (query, signal) => api.GET("/v1/runs", …))`.
 *
 * The path stands where `useLive` looks for it, so that a hint brings the list up to date.
 */
export function usePages<Row>(
  path: string,
  filters: Readonly<Record<string, unknown>>,
  fetch: (cursor: string | undefined, signal: AbortSignal) => Promise<{ data?: PageOf<Row> }>,
): Paged<Row> {
  const query = useInfiniteQuery<PageOf<Row>, Error, InfiniteData<PageOf<Row>>, unknown[], string | undefined>({
    queryKey: ["get", path, filters, "pages"],
    queryFn: async ({ pageParam, signal }) => (await fetch(pageParam, signal)).data ?? { items: [], cursor: null },
    initialPageParam: undefined,
    getNextPageParam: page => page.cursor ?? undefined,
  });
  return {
    data: query.data?.pages.flatMap(page => page.items),
    error: query.error,
    refetch: query.refetch,
    more: query.hasNextPage ? () => void query.fetchNextPage() : undefined,
    loadingMore: query.isFetchingNextPage,
  };
}

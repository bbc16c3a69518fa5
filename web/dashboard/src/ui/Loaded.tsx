import type { ReactNode } from "react";
import { ErrorNote } from "./ErrorNote";
import { Waiting } from "./Waiting";

interface Asked<T> {
  readonly data: T | undefined;
  readonly error: unknown;
  readonly refetch: () => unknown;
}

interface Props<T> {
  readonly query: Asked<T>;
  readonly children: (data: T) => ReactNode;
  readonly waiting?: ReactNode;
  /** Whether it stands for a whole screen, which has no title yet. */
  readonly page?: boolean;
}

/** What a query brings, or that it is under way, or why it failed with a button to try again. */
export function Loaded<T>({ query, children, waiting, page }: Props<T>) {
  if (query.data !== undefined) {
    return (
      <>
        {query.error ? <ErrorNote error={query.error} retry={() => void query.refetch()} /> : null}
        {children(query.data)}
      </>
    );
  }
  if (query.error) return <ErrorNote error={query.error} retry={() => void query.refetch()} page={page} />;
  return waiting ?? <Waiting page={page} />;
}

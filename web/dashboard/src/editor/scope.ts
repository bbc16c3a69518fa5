/** What `{{` can complete at a step, asked of the server once for each state of the draft. */

import type { ScopeOfStep } from "@deskhand/contract";
import type { Doc } from "@deskhand/flow";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { api } from "../api/client";
import { useDraftState } from "./context";

const EMPTY: ScopeOfStep = { step: "", variables: [], context: [], filters: [], secrets: [] };
const numbers = new WeakMap<Doc, number>();
let latest = 0;

/** What a step can use; what was known last stands until the answer is there. */
export function useScope(step: string | null): ScopeOfStep {
  const document = useDraftState(state => state.document);
  const [settled] = useDebouncedValue(document, 400);
  const { data } = useQuery({
    queryKey: ["editor", "scope", step, numberOf(settled)],
    queryFn: async ({ signal }) => {
      const body = { document: settled as Record<string, never>, step: step ?? "" };
      return (await api.POST("/v1/scope", { body, signal })).data ?? EMPTY;
    },
    enabled: step !== null,
    placeholderData: before => before,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });
  return data ?? EMPTY;
}

/** A number for each state of the draft. */
function numberOf(document: Doc): number {
  let number = numbers.get(document);
  if (number === undefined) {
    latest += 1;
    number = latest;
    numbers.set(document, number);
  }
  return number;
}

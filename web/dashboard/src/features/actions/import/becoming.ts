/** What becomes of each operation of a description, found out without storing anything. */

import type { Operation } from "@deskhand/contract";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { api } from "../../../api/client";
import { type Doc, docOf } from "../model";
import type { Source } from "./FromOpenApi";

export interface Becomes {
  readonly doc?: Doc;
  readonly refused?: string;
}

/** Operations for which this is found out; of larger descriptions the result tells. */
const MOST = 400;

export function useBecoming(source: Source, operations: readonly Operation[]) {
  const { data } = useQuery({
    queryKey: ["becoming", source],
    queryFn: async ({ signal }) => {
      const body = { ...source, operations: [], tags: [], dry: true, replace: false };
      return (await api.POST("/v1/import/openapi", { body, signal })).data;
    },
    enabled: operations.length > 0 && operations.length <= MOST,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  return useMemo(() => {
    const found = new Map<string, Becomes>();
    for (const doc of (data?.actions ?? []).map(docOf)) {
      if (doc.request) found.set(key(doc.request.method ?? "GET", doc.request.url), { doc });
    }
    const refused = new Map((data?.refused ?? []).map(one => [one.what, one.reason]));
    return ({ id, method, path }: Operation): Becomes | undefined => {
      const reason = refused.get(id) ?? refused.get(`${method.toUpperCase()} ${path}`);
      return reason ? { refused: reason } : found.get(key(method, path));
    };
  }, [data]);
}

function key(method: string, path: string): string {
  return `${method.toUpperCase()} ${path.replace(/\{\{.*?\}\}|\{[^}]*\}/g, "{}").replace(/^\/+/, "")}`;
}

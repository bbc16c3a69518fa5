/** What can be done with a whole procedure; each gives the way back. */

import type { ProcedureSummary } from "@deskhand/contract";
import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { api } from "../../api/client";
import { useTexts } from "../../i18n/language";
import { tell } from "./Toast";
import { procedures } from "./texts";

type Named = Pick<ProcedureSummary, "slug" | "name">;

export interface Acts {
  /** Copies it and gives the copy's slug. */
  readonly duplicate: (of: Named) => Promise<string>;
  readonly archive: (of: Named, stopRuns: boolean) => Promise<void>;
  readonly restore: (of: Named) => Promise<void>;
  readonly remove: (of: Named) => Promise<void>;
}

export function useActs(): Acts {
  const queries = useQueryClient();
  const say = useTexts(procedures);
  return useMemo(() => {
    const fresh = () =>
      queries.invalidateQueries({ predicate: query => String(query.queryKey[1]).startsWith("/v1/procedures") });
    const at = (slug: string) => ({ params: { path: { slug } } });
    const back = (act: () => Promise<unknown>) => async () => {
      await act();
      await fresh();
    };
    return {
      duplicate: async of => {
        const { data } = await api.POST("/v1/procedures/{slug}/duplicate", at(of.slug));
        await fresh();
        if (!data) throw new Error("the copy came back empty");
        tell(
          say("duplicated", { name: data.name }),
          back(() => api.DELETE("/v1/procedures/{slug}", at(data.slug))),
        );
        return data.slug;
      },
      archive: async (of, stopRuns) => {
        await api.POST("/v1/procedures/{slug}/archive", { ...at(of.slug), body: { stop_runs: stopRuns } });
        await fresh();
        tell(
          say("archiveDone", { name: of.name }),
          back(() => api.POST("/v1/procedures/{slug}/restore", at(of.slug))),
        );
      },
      restore: async of => {
        await api.POST("/v1/procedures/{slug}/restore", at(of.slug));
        await fresh();
        tell(
          say("restored", { name: of.name }),
          back(() => api.POST("/v1/procedures/{slug}/archive", { ...at(of.slug), body: { stop_runs: false } })),
        );
      },
      remove: async of => {
        const { data } = await api.GET("/v1/procedures/{slug}", at(of.slug));
        await api.DELETE("/v1/procedures/{slug}", at(of.slug));
        await fresh();
        const document = data?.document;
        tell(
          say("removed", { name: of.name }),
          document && back(() => api.POST("/v1/procedures", { body: { document } })),
        );
      },
    };
  }, [queries, say]);
}

/** What procedures are called, by their slugs. */

import { $api } from "../../api/client";
import { useTexts } from "../../i18n/language";
import { actionOf } from "./asked";
import { reports } from "./texts";

interface Names {
  /** Every procedure of the workspace, by name. */
  readonly slugs: readonly string[];
  /** A slug's name; that of an action that was used directly says so. Nothing is said of no procedure. */
  readonly name: (slug: string | null) => string;
}

export function useProcedureNames(): Names {
  const say = useTexts(reports);
  const query = $api.useQuery("get", "/v1/procedures", {}, { staleTime: 60_000 });
  const names = new Map((query.data?.items ?? []).map(one => [one.slug, one.name]));
  const slugs = [...names].sort(([, one], [, other]) => one.localeCompare(other)).map(([slug]) => slug);
  return {
    slugs,
    name: slug => {
      if (!slug) return say("noProcedure");
      const action = actionOf(slug);
      return action ? say("directly", { name: action }) : (names.get(slug) ?? slug);
    },
  };
}

/** Where runs of a version stop, for whoever paints it on a canvas. */

import { $api } from "../../api/client";
import { ZONE } from "../../ui/period";
import type { StepFigures } from "./stepOrder";

/** Figures of the last 30 days by step; nothing until they are there, or where nothing ran. */
export function useStepFigures(slug: string, version: number | null): ReadonlyMap<string, StepFigures> {
  const query = $api.useQuery(
    "get",
    "/v1/reports/steps/{slug}",
    { params: { path: { slug }, query: { zone: ZONE, ...(version === null ? {} : { version }) } } },
    { enabled: version !== null },
  );
  return new Map((query.data?.steps ?? []).map(one => [one.step, one]));
}

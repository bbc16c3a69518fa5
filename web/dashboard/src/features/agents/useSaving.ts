/** Saving an agent; nobody's newer version is replaced unasked. */

import type { ShownAgent } from "@deskhand/contract";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, Problem } from "../../api/client";
import { freeSlug } from "../../ui/slugs";
import { toStore } from "./drafts";

export const NEW = "new";

interface Saving {
  /** Stores it; gives what was stored, or null where something is in the way. */
  readonly save: (agent: ShownAgent, based: ShownAgent, overwrite?: boolean) => Promise<ShownAgent | null>;
  readonly busy: boolean;
  readonly saved: boolean;
  readonly error: unknown;
  /** Names in the instructions that match nothing. */
  readonly problems: readonly string[];
  /** What somebody else has stored in the meantime. */
  readonly theirs: ShownAgent | null;
  readonly forget: () => void;
}

/** told: names that match nothing, where that is known from before. */
export function useSaving(told: readonly string[]): Saving {
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [saved, setSaved] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [problems, setProblems] = useState(told);
  const [theirs, setTheirs] = useState<ShownAgent | null>(null);
  const forget = () => {
    setSaved(false);
    setError(null);
    setTheirs(null);
  };
  const save = async (agent: ShownAgent, based: ShownAgent, overwrite = false) => {
    setBusy(true);
    forget();
    try {
      const newer = based.slug && !overwrite ? await changedSince(based) : null;
      if (newer) {
        setTheirs(newer);
        return null;
      }
      const slug = based.slug || (await free(agent.name));
      const { slug: _, ...body } = toStore(agent);
      const { data } = await api.PUT("/v1/agents/{slug}", { params: { path: { slug } }, body });
      if (!data) throw new Error(`${slug} came back empty`);
      const { problems: unknown, ...stored } = data;
      queries.setQueryData(["get", "/v1/agents/{slug}", { params: { path: { slug } } }], stored);
      await queries.invalidateQueries({ queryKey: ["get", "/v1/agents"] });
      setProblems(unknown);
      setSaved(true);
      return stored;
    } catch (thrown) {
      setError(thrown);
      return null;
    } finally {
      setBusy(false);
    }
  };
  return { save, busy, saved, error, problems, theirs, forget };
}

async function free(name: string): Promise<string> {
  const { data } = await api.GET("/v1/agents");
  return freeSlug(name, [...(data?.items ?? []).map(one => one.slug), NEW], "agent");
}

async function changedSince(based: ShownAgent): Promise<ShownAgent | null> {
  try {
    const { data } = await api.GET("/v1/agents/{slug}", { params: { path: { slug: based.slug } } });
    return data && JSON.stringify(data) !== JSON.stringify(based) ? data : null;
  } catch (thrown) {
    if (thrown instanceof Problem && thrown.status === 404) return null; // removed meanwhile: saving brings it back
    throw thrown;
  }
}

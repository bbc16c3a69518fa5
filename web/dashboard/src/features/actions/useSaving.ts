/** Saving an action: problems come back to their fields, and nobody's newer version is replaced unasked. */

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, Problem } from "../../api/client";
import { type Doc, docOf, toSend } from "./model";
import { byField } from "./validate";

interface Saving {
  /** Stores it; gives what was stored, or null where something is in the way. */
  readonly save: (doc: Doc, based: Doc | null, overwrite?: boolean) => Promise<Doc | null>;
  readonly busy: boolean;
  readonly error: unknown;
  readonly problems: ReadonlyMap<string, string>;
  /** What somebody else has stored in the meantime. */
  readonly theirs: Doc | null;
  readonly forget: () => void;
}

const NONE: ReadonlyMap<string, string> = new Map();

/** `refused` is called with what the service finds wrong, by field. */
export function useSaving(refused?: (problems: ReadonlyMap<string, string>) => void): Saving {
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [theirs, setTheirs] = useState<Doc | null>(null);
  const forget = () => {
    setError(null);
    setTheirs(null);
  };
  const save = async (doc: Doc, based: Doc | null, overwrite = false): Promise<Doc | null> => {
    setBusy(true);
    forget();
    try {
      const newer = based && !overwrite ? await changedSince(based) : null;
      if (newer) {
        setTheirs(newer);
        return null;
      }
      const { data } = await api.PUT("/v1/actions/{slug}", {
        params: { path: { slug: doc.slug } },
        body: toSend(doc) as never,
      });
      queries.setQueryData(["get", "/v1/actions/{slug}", { params: { path: { slug: doc.slug } } }], data);
      void queries.invalidateQueries({ queryKey: ["get", "/v1/actions"] });
      void queries.invalidateQueries({ queryKey: ["get", "/v1/actions/{slug}/function"] });
      void queries.invalidateQueries({ queryKey: ["get", "/v1/secrets"] });
      return docOf(data);
    } catch (thrown) {
      setError(thrown);
      if (thrown instanceof Problem) refused?.(byField(thrown.problems));
      return null;
    } finally {
      setBusy(false);
    }
  };
  return { save, busy, error, problems: error instanceof Problem ? byField(error.problems) : NONE, theirs, forget };
}

async function changedSince(based: Doc): Promise<Doc | null> {
  try {
    const { data } = await api.GET("/v1/actions/{slug}", { params: { path: { slug: based.slug } } });
    const now = docOf(data);
    return JSON.stringify(now) === JSON.stringify(based) ? null : now;
  } catch (thrown) {
    if (thrown instanceof Problem && thrown.status === 404) return null; // removed meanwhile: saving brings it back
    throw thrown;
  }
}

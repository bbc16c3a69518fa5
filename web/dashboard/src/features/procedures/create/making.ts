import type { Procedure } from "@deskhand/contract";
import { useState } from "react";
import { api } from "../../../api/client";

export interface Making {
  readonly make: (body: { document: Record<string, unknown> } | { yaml: string }) => Promise<void>;
  readonly busy: boolean;
  readonly error: unknown;
}

export interface MakeProps {
  /** Called with what was made. */
  readonly made: (procedure: Pick<Procedure, "slug">) => Promise<void>;
}

/** Make a procedure of a document, and say what kept it from being made. */
export function useMaking(made: MakeProps["made"]): Making {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const make: Making["make"] = async body => {
    setBusy(true);
    setError(null);
    try {
      const { data } = await api.POST("/v1/procedures", { body: body as { yaml: string } });
      if (data) await made(data);
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return { make, busy, error };
}

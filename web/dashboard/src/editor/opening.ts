/** What an address opens: the draft, a version, or a run's way through one. */

import type { Procedure, RunTrace, VersionDocument } from "@deskhand/contract";
import { graphOf, layoutMissing } from "@deskhand/flow";
import { useQuery } from "@tanstack/react-query";
import { api } from "../api/client";
import { useMayBuild, useMe } from "../app/session";
import type { Opened } from "./draft";
import { kept } from "./keeping";
import { canvasPaint } from "./paint";

export interface Open {
  readonly opened: Opened;
  readonly version: number | null;
  readonly conversation: string | null;
  /** When the unsaved changes were made that were brought back, in RFC 3339. */
  readonly restoredAt: string | null;
}

export interface Wanted {
  readonly slug: string;
  readonly version: number | null;
  readonly run: string | null;
}

/** Fetches it once; what is open is not fetched anew behind one's back. */
export function useOpening(wanted: Wanted) {
  const mayBuild = useMayBuild();
  const workspace = useMe().workspace.id;
  return useQuery({
    queryKey: ["editor", "open", wanted, mayBuild],
    queryFn: () => open(wanted, mayBuild, workspace),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    retry: false,
  });
}

async function open({ slug, version, run }: Wanted, mayBuild: boolean, workspace: string): Promise<Open> {
  if (run !== null) {
    const { data: trace } = await api.GET("/v1/runs/{id}/trace", { params: { path: { id: run } } });
    if (!trace) throw new Error("the trace came back empty");
    return ofVersion(slug, await versionOf(slug, trace.version), trace);
  }
  if (version !== null) return ofVersion(slug, await versionOf(slug, version), null);
  const { data } = await api.GET("/v1/procedures/{slug}", { params: { path: { slug } } });
  if (!data) throw new Error("the procedure came back empty");
  return ofDraft(data, mayBuild, workspace);
}

async function versionOf(slug: string, number: number): Promise<VersionDocument> {
  const { data } = await api.GET("/v1/procedures/{slug}/versions/{number}", { params: { path: { slug, number } } });
  if (!data) throw new Error("the version came back empty");
  return data;
}

function ofVersion(slug: string, version: VersionDocument, trace: RunTrace | null): Open {
  const opened: Opened = {
    slug,
    readOnly: trace ? "run" : "version",
    document: version.document,
    positions: version.layout,
    revision: 0,
    activeVersion: version.version,
    savedAt: version.published_at,
    paint: trace ? canvasPaint(trace.paint, trace.procedure, null) : null,
  };
  return { opened, version: version.version, conversation: trace?.conversation ?? null, restoredAt: null };
}

function ofDraft(procedure: Procedure, mayBuild: boolean, workspace: string): Open {
  const readOnly = !mayBuild ? "role" : procedure.status === "archived" ? "archived" : null;
  const { slug, document, layout, revision, active_version: activeVersion, saved_at: savedAt } = procedure;
  const opened: Opened = { slug, readOnly, document, positions: layout, revision, activeVersion, savedAt };
  const left = readOnly === null ? kept(workspace, slug) : null;
  if (!left) return { opened, version: null, conversation: null, restoredAt: null };
  const changed = JSON.stringify(left.document) !== JSON.stringify(document);
  if (!changed && left.broken === null) return { opened, version: null, conversation: null, restoredAt: null };
  const positions = layoutMissing(graphOf(left.document), { ...layout, ...left.positions });
  const restored: Opened = {
    ...opened,
    document: changed ? left.document : document,
    base: left.revision === revision ? document : left.base,
    revision: left.revision,
    positions,
    broken: left.broken,
  };
  return {
    opened: restored,
    version: null,
    conversation: null,
    restoredAt: changed ? new Date(left.at).toISOString() : null,
  };
}

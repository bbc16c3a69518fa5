/** The action that is being edited: its parts read it, change it, and show what is wrong at their fields. */

import { createContext, type ReactNode, use, useMemo } from "react";
import { $api } from "../../api/client";
import { useMayBuild } from "../../app/session";
import { Prose } from "../../ui/Prose";
import { type Doc, docOf, type Request, requestOf, withRequest } from "./model";
import { CONTEXT } from "./templates";

/** One thing that a template can name. */
export interface Nameable {
  readonly value: string;
  readonly detail: string;
}

interface Editing {
  readonly doc: Doc;
  readonly set: (patch: Partial<Doc>) => void;
  /** What is wrong with a field, by its path: `request.url`, `variables.0.name`. */
  readonly problem: (field: string) => ReactNode;
  /** Whether this may only be looked at. */
  readonly locked: boolean;
  readonly nameable: readonly Nameable[];
}

const Context = createContext<Editing | null>(null);

interface Props {
  readonly doc: Doc;
  readonly set: (patch: Partial<Doc>) => void;
  readonly problems: ReadonlyMap<string, string>;
  readonly children: ReactNode;
}

export function EditingProvider({ doc, set, problems, children }: Props) {
  const builds = useMayBuild();
  const { data: secrets } = $api.useQuery("get", "/v1/secrets", {}, { enabled: builds });
  const variables = doc.variables;
  const nameable = useMemo(
    () => [
      ...(variables ?? []).map(one => ({ value: one.name, detail: one.type ?? "text" })),
      ...CONTEXT.map(value => ({ value, detail: "" })),
      ...(secrets?.items ?? []).map(one => ({ value: `secrets.${one.name}`, detail: "" })),
    ],
    [variables, secrets],
  );
  const editing = useMemo(
    () => ({
      doc,
      set,
      problem: (field: string) => {
        const sentence = problems.get(field);
        return sentence && <Prose text={sentence} />;
      },
      locked: !builds,
      nameable,
    }),
    [doc, set, problems, builds, nameable],
  );
  return <Context value={editing}>{children}</Context>;
}

/** The action that is being edited. */
export function useEditing(): Editing {
  const editing = use(Context);
  if (!editing) throw new Error("useEditing belongs inside EditingProvider");
  return editing;
}

/** Its HTTP request, and how a part of it is changed. */
export function useRequest(): readonly [Request, (patch: Partial<Request>) => void] {
  const { doc, set } = useEditing();
  const request = requestOf(doc) ?? { url: "" };
  return [request, patch => set(withRequest(doc, { ...request, ...patch }))];
}

/** All actions, as documents. */
export function useActions(): readonly Doc[] {
  const { data } = $api.useQuery("get", "/v1/actions");
  return useMemo(() => (data?.items ?? []).map(docOf), [data]);
}

/** One preview: opened with a document, then told what happens, event by event. */

import type { MockResponse, Preview } from "@deskhand/contract";
import { useCallback, useEffect, useRef, useState } from "react";
import { api, Problem } from "../../api/client";
import type { Who } from "../../features/trying/who";
import { useLanguage } from "../../i18n/language";
import type { Draft } from "../panel";

export type Calls = Preview["calls"];

export interface Settings {
  readonly calls: Calls;
  readonly mocks: Readonly<Record<string, MockResponse>>;
}

/** What happens in a preview, as the service takes it. */
export type Happening =
  | { readonly kind: "message"; readonly text: string }
  | { readonly kind: "click"; readonly question: string; readonly choice: string }
  | { readonly kind: "form"; readonly question: string; readonly values: Record<string, unknown> }
  | { readonly kind: "component"; readonly question: string; readonly value: unknown }
  | {
      readonly kind: "browser_result";
      readonly question: string;
      readonly ok: boolean;
      readonly value?: unknown;
      readonly error?: string;
    }
  | {
      readonly kind: "feedback";
      readonly reaction: "positive" | "negative";
      readonly about: number;
      readonly reason: string;
    }
  | { readonly kind: "start"; readonly arguments: Record<string, unknown> }
  | { readonly kind: "decision"; readonly approval: string; readonly decision: Decision; readonly reason?: string }
  | { readonly kind: "hand_back" }
  | { readonly kind: "call"; readonly run: string; readonly seq: number; readonly response: MockResponse };

export type Decision = "approve" | "reject" | "expire" | "happened" | "retry" | "take_over";

interface Open {
  readonly preview: Preview | null;
  /** The document that it was opened with. */
  readonly document: Draft | null;
  readonly busy: boolean;
  readonly error: unknown;
  readonly begin: (as: Who) => Promise<void>;
  readonly happen: (event: Happening) => Promise<void>;
  readonly change: (settings: Settings) => Promise<void>;
}

export function usePreview(slug: string, document: Draft, settings: Settings): Open {
  const { language } = useLanguage();
  const [preview, setPreview] = useState<Preview | null>(null);
  const [opened, setOpened] = useState<Draft | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const id = useRef<string | null>(null);
  const generation = useRef(0); // grows at each beginning: what comes of an earlier one is dropped
  const during = useCallback(async (work: () => Promise<Preview | undefined>) => {
    const own = generation.current;
    const overtaken = () => own !== generation.current;
    setBusy(true);
    setError(null);
    try {
      const found = await work();
      if (found && !overtaken()) {
        id.current = found.id;
        setPreview(found);
      }
    } catch (thrown) {
      if (overtaken()) return;
      if (thrown instanceof Problem && thrown.status === 404) {
        id.current = null;
        setPreview(null);
      }
      setError(thrown);
    } finally {
      if (!overtaken()) setBusy(false);
    }
  }, []);
  useEffect(
    () => () => {
      generation.current += 1;
      close(id.current);
    },
    [],
  );
  const begin = ({ agent, contact, language: chosen }: Who) => {
    generation.current += 1;
    const own = generation.current;
    return during(async () => {
      close(id.current);
      id.current = null;
      setOpened(document);
      const { calls, mocks } = settings;
      const as = { agent, contact, language: chosen ?? language };
      const body = { document: { ...document }, ...as, calls, mocks: { ...mocks } };
      try {
        const { data } = await api.POST("/v1/procedures/{slug}/preview", { params: { path: { slug } }, body });
        if (data && own !== generation.current) close(data.id);
        return data;
      } catch (thrown) {
        if (own === generation.current) setPreview(null); // the one before has ended
        throw thrown;
      }
    });
  };
  const happen = (event: Happening) =>
    during(async () => {
      if (!id.current) return undefined;
      const { data } = await api.POST("/v1/previews/{id}/events", {
        params: { path: { id: id.current } },
        body: event as never, // each kind is complete by its own type above
      });
      return data;
    });
  const change = ({ calls, mocks }: Settings) =>
    during(async () => {
      if (!id.current) return undefined;
      const { data } = await api.PUT("/v1/previews/{id}", {
        params: { path: { id: id.current } },
        body: { calls, mocks: { ...mocks } },
      });
      return data;
    });
  return { preview, document: opened, busy, error, begin, happen, change };
}

/** End a preview that nobody looks at any longer; where that fails, its hour ends it. */
function close(id: string | null): void {
  if (id) void api.DELETE("/v1/previews/{id}", { params: { path: { id } } }).catch(() => {});
}

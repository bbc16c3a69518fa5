/** What the address says of the editor: the selected step, the view, the tab. */

import { stepOf } from "@deskhand/flow";
import { useEffect, useRef } from "react";
import { useNavigate, useSearchParams } from "react-router";
import type { Draft } from "./draft";
import type { View } from "./frame/TopBar";
import { useStore } from "./store";

/** What other screens call a tab. */
const ALIASES: Readonly<Record<string, string>> = { tests: "test", versions: "step" };
const VIEWS: readonly string[] = ["canvas", "split", "yaml"];

export function useAddress(draft: Draft) {
  const [search, setSearch] = useSearchParams();
  const navigate = useNavigate();
  const first = useStore(draft, state => (state.selection.length === 1 ? state.selection[0] : undefined));
  const slug = useStore(draft, state => state.slug);
  const begun = useRef(false);
  const asked = useRef(slug);
  const wanted = search.get("step");
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    if (wanted !== null && stepOf(draft.get().document, wanted)) draft.select([wanted]);
  }, [draft, wanted]);
  useEffect(() => {
    if (!begun.current) return;
    setSearch(
      before => {
        if ((before.get("step") ?? undefined) === first) return before;
        if (first === undefined) before.delete("step");
        else before.set("step", first);
        return before;
      },
      { replace: true },
    );
  }, [first, setSearch]);
  useEffect(() => {
    if (asked.current === slug) return;
    asked.current = slug;
    void navigate({ pathname: `/procedures/${slug}/edit`, search: window.location.search }, { replace: true });
  }, [slug, navigate]);
  const put = (name: string, value: string, byDefault: string) =>
    setSearch(
      before => {
        if (value === byDefault) before.delete(name);
        else before.set(name, value);
        return before;
      },
      { replace: true },
    );
  const view = search.get("view") ?? "canvas";
  return {
    view: (VIEWS.includes(view) ? view : "canvas") as View,
    setView: (next: View) => put("view", next, "canvas"),
    tab: ALIASES[search.get("panel") ?? ""] ?? search.get("panel") ?? "step",
    setTab: (next: string) => put("panel", next, "step"),
  };
}

/** The procedure's settings beside the canvas; they change the same draft. */

import type { Problem } from "@deskhand/contract";
import { SegmentedControl, Skeleton, Stack } from "@mantine/core";
import { lazy, Suspense, useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";
import { SETTINGS_TABS } from "../../features/procedures/Frame";
import type { Change } from "../../features/procedures/settings/fields";
import { settings } from "../../features/procedures/settings/texts";
import { useTexts } from "../../i18n/language";
import { useDraft, useDraftState, useLocked } from "../context";

const PARTS = {
  general: lazy(() => import("../../features/procedures/settings/General")),
  variables: lazy(() => import("../../features/procedures/settings/Variables")),
  triggers: lazy(() => import("../../features/procedures/settings/Triggers")),
  boundary: lazy(() => import("../../features/procedures/settings/Boundary")),
} as const;

export default function SettingsTab() {
  const say = useTexts(settings);
  const draft = useDraft();
  const locked = useLocked();
  const document = useDraftState(state => state.document);
  const found = useDraftState(state => state.problems);
  const problems = useMemo<readonly Problem[]>(
    () => found.map(one => ({ ...one, severity: one.severity === "error" ? "error" : "warning" })),
    [found],
  );
  const [search, setSearch] = useSearchParams();
  const part = SETTINGS_TABS.find(one => one === search.get("part")) ?? "general";
  const change = useCallback<Change>(to => draft.edit(to, "settings"), [draft]);
  const open = (wanted: string) =>
    setSearch(
      before => {
        before.set("part", wanted);
        return before;
      },
      { replace: true },
    );
  const Part = PARTS[part];
  return (
    <Stack gap="md">
      <SegmentedControl
        size="xs"
        data={SETTINGS_TABS.map(value => ({ value, label: say(value) }))}
        value={part}
        onChange={open}
        fullWidth
      />
      <Suspense fallback={<Skeleton h={200} />}>
        <Part document={document} change={locked ? undefined : change} problems={problems} />
      </Suspense>
    </Stack>
  );
}

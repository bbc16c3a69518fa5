/** What stands beside the canvas: the step's fields, and the tabs of the others. */

import { Skeleton, Tabs } from "@mantine/core";
import { type ComponentType, lazy, Suspense, useCallback, useState } from "react";
import { useMayBuild } from "../../app/session";
import { useTexts } from "../../i18n/language";
import type { Where } from "../actions";
import { useDraft, useDraftState } from "../context";
import type { CanvasPaint } from "../paint";
import type { PanelProps } from "../panel";
import { PANELS } from "../slots";
import { editor } from "../texts";
import classes from "./Editor.module.css";
import { StepPanel } from "./StepPanel";

const loaded = new Map<string, ComponentType<PanelProps>>(PANELS.map(slot => [slot.id, lazy(slot.load)]));

interface Props {
  readonly tab: string;
  readonly setTab: (tab: string) => void;
  readonly choose: (where: Where) => void;
}

export function Side({ tab, setTab, choose }: Props) {
  const say = useTexts(editor);
  const mayBuild = useMayBuild();
  const slots = PANELS.filter(slot => mayBuild || !slot.builders);
  const shown = slots.some(slot => slot.id === tab) ? tab : "step";
  const [visited, setVisited] = useState<ReadonlySet<string>>(new Set());
  const open = (next: string) => {
    setVisited(before => new Set([...before, next]));
    setTab(next);
  };
  return (
    <Tabs value={shown} onChange={next => next && open(next)} className={classes.side} aria-label={say("panel")}>
      <Tabs.List>
        <Tabs.Tab value="step">{say("tabStep")}</Tabs.Tab>
        {slots.map(slot => (
          <Tabs.Tab key={slot.id} value={slot.id}>
            {say(slot.label)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="step" className={classes.sheet}>
        <StepPanel choose={choose} />
      </Tabs.Panel>
      {slots.map(slot => (
        <Tabs.Panel key={slot.id} value={slot.id} className={classes.sheet}>
          {(shown === slot.id || visited.has(slot.id)) && <Slot id={slot.id} />}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}

function Slot({ id }: { id: string }) {
  const draft = useDraft();
  const slug = useDraftState(state => state.slug);
  const document = useDraftState(state => state.document);
  const step = useDraftState(state => state.selection[0] ?? null);
  const onSelect = useCallback((wanted: string) => draft.select([wanted]), [draft]);
  const onPaint = useCallback((paint: CanvasPaint | null) => draft.paint(paint), [draft]);
  const Panel = loaded.get(id);
  if (!Panel) return null;
  return (
    <Suspense fallback={<Skeleton h={200} />}>
      <Panel slug={slug} document={document} step={step} onSelect={onSelect} onPaint={onPaint} />
    </Suspense>
  );
}

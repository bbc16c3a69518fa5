/** The bar above the canvas. */

import { ActionIcon, Badge, Group, SegmentedControl, Skeleton, Tooltip } from "@mantine/core";
import { IconArrowBackUp, IconArrowForwardUp, IconArrowLeft, IconLayoutDistributeVertical } from "@tabler/icons-react";
import { type ComponentType, lazy, Suspense } from "react";
import { Link } from "react-router";
import { useMayBuild } from "../../app/session";
import { useTexts } from "../../i18n/language";
import { useDraft, useDraftState, useLocked } from "../context";
import { BAR } from "../slots";
import { editor } from "../texts";
import classes from "./Editor.module.css";
import { ProblemButton } from "./ProblemButton";
import { SaveMark } from "./SaveMark";

const loaded = BAR.map(slot => ({ ...slot, Buttons: lazy(slot.load) as ComponentType }));

export type View = "canvas" | "split" | "yaml";

interface Props {
  readonly view: View;
  readonly setView: (view: View) => void;
  readonly phone: boolean;
  readonly resolve: () => void;
}

export function TopBar({ view, setView, phone, resolve }: Props) {
  const say = useTexts(editor);
  const mayBuild = useMayBuild();
  const slug = useDraftState(state => state.slug);
  const name = useDraftState(state => (typeof state.document.name === "string" ? state.document.name : state.slug));
  const readOnly = useDraftState(state => state.readOnly);
  const version = useDraftState(state => state.activeVersion);
  const views: View[] = phone ? ["canvas", "yaml"] : ["canvas", "split", "yaml"];
  return (
    <header className={classes.top}>
      <Tooltip label={say("back")}>
        <ActionIcon component={Link} to={`/procedures/${slug}`} aria-label={say("back")}>
          <IconArrowLeft size={18} />
        </ActionIcon>
      </Tooltip>
      <h1 className={classes.title} title={name}>
        {name}
      </h1>
      {version !== null && readOnly !== "version" && readOnly !== "run" && (
        <Badge color="gray" size="sm" visibleFrom="md">{`v${version}`}</Badge>
      )}
      {readOnly === null && <SaveMark resolve={resolve} />}
      <div className={classes.spread} />
      {readOnly === null && <Turning />}
      <SegmentedControl
        size="xs"
        aria-label={say("view")}
        data={views.map(value => ({ value, label: say(value) }))}
        value={views.includes(view) ? view : "canvas"}
        onChange={value => setView(value as View)}
      />
      <ProblemButton />
      {(readOnly === null || readOnly === "archived" || readOnly === "role") && (
        <Group gap={6} wrap="nowrap">
          {loaded
            .filter(slot => mayBuild || !slot.builders)
            .map(({ id, Buttons }) => (
              <Suspense key={id} fallback={<Skeleton w={110} h={30} />}>
                <Buttons />
              </Suspense>
            ))}
        </Group>
      )}
    </header>
  );
}

function Turning() {
  const say = useTexts(editor);
  const draft = useDraft();
  const locked = useLocked();
  const canUndo = useDraftState(state => state.canUndo);
  const canRedo = useDraftState(state => state.canRedo);
  return (
    <Group gap={2} wrap="nowrap">
      <Tooltip label={say("undo")}>
        <ActionIcon aria-label={say("undo")} disabled={!canUndo || locked} onClick={() => draft.undo()}>
          <IconArrowBackUp size={18} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={say("redo")}>
        <ActionIcon aria-label={say("redo")} disabled={!canRedo || locked} onClick={() => draft.redo()}>
          <IconArrowForwardUp size={18} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={say("arrangeHint")}>
        <ActionIcon aria-label={say("arrange")} disabled={locked} onClick={() => draft.arrange()}>
          <IconLayoutDistributeVertical size={18} />
        </ActionIcon>
      </Tooltip>
    </Group>
  );
}

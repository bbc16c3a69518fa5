/** The editor's frame: bar, steps, canvas, YAML, panels. */

import { Button, Drawer, VisuallyHidden } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { ReactFlowProvider } from "@xyflow/react";
import { useEffect, useMemo, useState } from "react";
import { useTexts } from "../../i18n/language";
import { useDocumentTitle } from "../../ui/Page";
import { Actions, ActionsContext, type Where } from "../actions";
import { AddStep } from "../canvas/AddStep";
import { Canvas } from "../canvas/Canvas";
import { StepBar } from "../canvas/StepBar";
import { DraftContext, useDraftState, useLocked } from "../context";
import type { Draft } from "../draft";
import type { Open } from "../opening";
import { stepTexts } from "../steps";
import { editor } from "../texts";
import { useAddress } from "../useAddress";
import { useEditorKeys } from "../useEditorKeys";
import { useOpenDraft } from "../useOpenDraft";
import { YamlPane } from "../yaml/YamlPane";
import { Banner } from "./Banner";
import { Conflict } from "./Conflict";
import classes from "./Editor.module.css";
import { Leaving } from "./Leaving";
import { Side } from "./Side";
import { TopBar } from "./TopBar";

export function Editor({ open }: { open: Open }) {
  const say = useTexts(editor);
  const sayStep = useTexts(stepTexts);
  const { draft, checker } = useOpenDraft(open.opened);
  const [said, announce] = useState("");
  const actions = useMemo(() => new Actions(draft, say, sayStep, announce), [draft, say, sayStep]);
  return (
    <DraftContext value={draft}>
      <ActionsContext value={actions}>
        <ReactFlowProvider>
          <Frame open={open} draft={draft} actions={actions} checker={checker} />
        </ReactFlowProvider>
        <VisuallyHidden aria-live="assertive" data-announced>
          {said}
        </VisuallyHidden>
      </ActionsContext>
    </DraftContext>
  );
}

interface FrameProps {
  readonly open: Open;
  readonly draft: Draft;
  readonly actions: Actions;
  readonly checker: ReturnType<typeof useOpenDraft>["checker"];
}

function Frame({ open, draft, actions, checker }: FrameProps) {
  const say = useTexts(editor);
  const phone = useMediaQuery("(max-width: 48em)", false, { getInitialValueInEffect: false }) ?? false;
  const wide = useMediaQuery("(min-width: 1700px)", false, { getInitialValueInEffect: false }) ?? false;
  const locked = useLocked();
  const name = useDraftState(state => (typeof state.document.name === "string" ? state.document.name : state.slug));
  const { view, setView, tab, setTab } = useAddress(draft);
  const [where, choose] = useState<Where | null>(null);
  const [resolving, setResolving] = useState(true);
  const [restored, setRestored] = useState(true);
  const conflict = useDraftState(state => state.save.kind === "conflict");
  useDocumentTitle(say("title", { name }));
  useEffect(() => {
    if (conflict) setResolving(true);
  }, [conflict]);
  const keys = useEditorKeys(draft, actions);
  const shown = phone && view === "split" ? "canvas" : view;
  const bar = !phone && !locked && (shown === "canvas" || (shown === "split" && wide));
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys that work anywhere in the editor
    <div
      className={classes.editor}
      onKeyDown={keys.onKeyDown}
      onPaste={keys.onPaste}
      onCopy={keys.onCopy}
      onCut={keys.onCopy}
      data-editor
    >
      <TopBar view={shown} setView={setView} phone={phone} resolve={() => setResolving(true)} />
      <Banner open={restored ? open : { ...open, restoredAt: null }} dismiss={() => setRestored(false)} />
      <div className={classes.body}>
        {bar && <StepBar />}
        <div className={classes.work}>
          {shown !== "yaml" && <Canvas choose={choose} small={shown === "split"} />}
          {shown !== "canvas" && <YamlPane checker={checker} />}
          {!bar && !locked && shown !== "yaml" && (
            <Button
              className={classes.floating}
              data-side={shown === "split" || undefined}
              radius="xl"
              leftSection={<IconPlus size={16} />}
              onClick={() => choose({})}
            >
              {say("addStep")}
            </Button>
          )}
        </div>
        {phone ? (
          <Sheet tab={tab} setTab={setTab} choose={choose} draft={draft} />
        ) : (
          <Side tab={tab} setTab={setTab} choose={choose} />
        )}
      </div>
      {where !== null && <AddStep where={where} close={() => choose(null)} />}
      {conflict && resolving && <Conflict close={() => setResolving(false)} />}
      <Leaving />
    </div>
  );
}

interface SheetProps {
  readonly tab: string;
  readonly setTab: (tab: string) => void;
  readonly choose: (where: Where) => void;
  readonly draft: Draft;
}

/** On a phone: the panel comes up from below, for the selected step or for another tab. */
function Sheet({ tab, setTab, choose, draft }: SheetProps) {
  const say = useTexts(editor);
  const selected = useDraftState(state => state.selection.length > 0 || state.way !== null);
  const opened = selected || tab !== "step";
  const close = () => {
    draft.select([]);
    setTab("step");
  };
  return (
    <>
      {!opened && (
        <Button
          variant="default"
          radius="xl"
          style={{ position: "fixed", left: 60, bottom: 22, zIndex: 5 }}
          onClick={() => setTab("test")}
        >
          {say("tabTest")}
        </Button>
      )}
      <Drawer
        opened={opened}
        onClose={close}
        position="bottom"
        title={say("panel")}
        size="62dvh"
        padding="xs"
        withOverlay={false}
        lockScroll={false}
        trapFocus={false}
        closeButtonProps={{ "aria-label": say("closePanel") }}
      >
        <Side tab={tab} setTab={setTab} choose={choose} />
      </Drawer>
    </>
  );
}

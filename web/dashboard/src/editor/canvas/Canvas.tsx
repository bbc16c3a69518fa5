/** The canvas: steps and the ways between them, dragged, connected, selected. */

import {
  connect,
  END,
  type ExitName,
  type Kind,
  type OnWay,
  type Position,
  START,
  same,
  snapped,
} from "@deskhand/flow";
import {
  applyNodeChanges,
  Background,
  BackgroundVariant,
  type Connection,
  Controls,
  type EdgeChange,
  type FinalConnectionState,
  MiniMap,
  type NodeChange,
  type OnNodeDrag,
  ReactFlow,
  useReactFlow,
} from "@xyflow/react";
import "@xyflow/react/dist/style.css";
import { useMediaQuery } from "@mantine/hooks";
import { type DragEvent, useCallback, useEffect, useMemo, useState } from "react";
import { useTexts } from "../../i18n/language";
import { useActions, type Where, wayOf } from "../actions";
import { useDraft, useDraftState, useLocked } from "../context";
import { KINDS, stepTexts } from "../steps";
import { editor } from "../texts";
import { useTheme } from "../useTheme";
import classes from "./Canvas.module.css";
import { type Drawn, edgesOf, nodesOf, type WayEdgeType } from "./drawn";
import { EmptyCanvas } from "./EmptyCanvas";
import { MarkNode } from "./MarkNode";
import { DRAGGED } from "./StepBar";
import { StepNode } from "./StepNode";
import { useCanvasKeys } from "./useCanvasKeys";
import { useLabels } from "./useLabels";
import { useView } from "./useView";
import { WayEdge } from "./WayEdge";

const NODES = { step: StepNode, mark: MarkNode } as const;
const EDGES = { way: WayEdge } as const;
/** What the button that shows all of it does. */
const FIT = { padding: 0.15, maxZoom: 1, minZoom: 0.15 } as const;
const SEVERAL = ["Shift", "Meta", "Control"];

interface Props {
  /** Choose a kind of step for a place. */
  readonly choose: (where: Where) => void;
  /** Whether it shares its room. */
  readonly small?: boolean;
}

export function Canvas({ choose, small }: Props) {
  const say = useTexts(editor);
  const labels = useLabels();
  const draft = useDraft();
  const actions = useActions();
  const locked = useLocked();
  const phone = useMediaQuery("(max-width: 48em)") ?? false;
  const dark = useTheme();
  const flow = useReactFlow<Drawn, WayEdgeType>();
  const [nodes, onNodesChange] = useNodes();
  const dropping = useDropping();
  const edges = useEdges(dropping.aimed);
  const empty = useDraftState(state => !Array.isArray(state.document.steps) || state.document.steps.length === 0);
  const keys = useCanvasKeys(choose);
  const begin = useView();

  const onEdgesChange = useCallback(
    (changes: EdgeChange<WayEdgeType>[]) => {
      const chosen = changes.find(one => one.type === "select" && one.selected);
      if (chosen && "id" in chosen) draft.select([], chosen.id);
    },
    [draft],
  );
  const onConnect = useCallback(
    ({ source, sourceHandle, target }: Connection) => {
      const exit = (sourceHandle ?? "next") as ExitName | "start";
      if (target !== START && !(source === START && target === END))
        draft.edit(doc => connect(doc, source, exit, target));
    },
    [draft],
  );
  const onConnectEnd = useCallback(
    (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
      if (state.isValid || !state.fromNode || !state.fromHandle?.id || state.fromHandle.type !== "source") return;
      const target = event.target instanceof Element ? event.target : null;
      if (!target?.classList.contains("react-flow__pane")) return;
      choose({ on: { source: state.fromNode.id, exit: state.fromHandle.id as OnWay["exit"] } });
    },
    [choose],
  );
  const onNodeDragStop = useCallback<OnNodeDrag<Drawn>>(
    (_event, _node, moved) => {
      const now = draft.get().positions;
      const places = moved.filter(node => node.type === "step").map(node => [node.id, snapped(node.position)] as const);
      const changed = places.filter(([id, place]) => !same(now[id], place));
      if (changed.length > 0) draft.change({ positions: { ...now, ...Object.fromEntries(changed) } });
    },
    [draft],
  );
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    dropping.end();
    const kind = event.dataTransfer.getData(DRAGGED) as Kind;
    if (!KINDS.includes(kind)) return;
    const way = wayAt(event.target);
    const at = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
    actions.add(
      kind,
      way ? { on: wayOf(way) } : empty ? { on: { source: START, exit: "start" } } : { at: centred(at) },
    );
  };
  return (
    <div
      ref={keys.ref}
      className={classes.canvas}
      role="application"
      aria-label={say("canvasLabel")}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys walk from step to step in it
      tabIndex={0}
      data-canvas
      data-dropping={dropping.over || undefined}
      onKeyDown={keys.onKeyDown}
      onDragOver={event => !locked && dropping.move(event)}
      onDragLeave={dropping.end}
      onDrop={onDrop}
    >
      <ReactFlow<Drawn, WayEdgeType>
        nodes={nodes}
        edges={edges}
        nodeTypes={NODES}
        edgeTypes={EDGES}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        onConnect={onConnect}
        onConnectEnd={onConnectEnd}
        onReconnect={(old, next) => draft.edit(doc => connect(doc, old.source, wayOf(old.id).exit, next.target))}
        onNodeDragStop={onNodeDragStop}
        onSelectionDragStop={(event, moved) => moved[0] && onNodeDragStop(event as never, moved[0], moved)}
        onPaneClick={() => draft.select([])}
        nodesDraggable={!locked}
        nodesConnectable={!locked}
        edgesReconnectable={!locked}
        nodesFocusable={false}
        edgesFocusable={false}
        disableKeyboardA11y
        deleteKeyCode={null}
        selectionKeyCode="Shift"
        multiSelectionKeyCode={SEVERAL}
        connectionRadius={28}
        snapToGrid
        snapGrid={[8, 8]}
        minZoom={0.1}
        maxZoom={1.75}
        onInit={begin}
        colorMode={dark ? "dark" : "light"}
        elevateNodesOnSelect={false}
        ariaLabelConfig={labels}
      >
        <Background variant={BackgroundVariant.Dots} gap={24} size={1.4} />
        <Controls showInteractive={false} fitViewOptions={FIT} position="bottom-left" aria-label={say("view")} />
        {!phone && !small && <MiniMap pannable zoomable ariaLabel={null} position="bottom-right" />}
      </ReactFlow>
      {empty && <EmptyCanvas choose={choose} />}
    </div>
  );
}

/** Nodes as React Flow moves them; the draft hears of a move when it has ended. */
function useNodes(): [Drawn[], (changes: NodeChange<Drawn>[]) => void] {
  const draft = useDraft();
  const document = useDraftState(state => state.document);
  const positions = useDraftState(state => state.positions);
  const selection = useDraftState(state => state.selection);
  const [nodes, setNodes] = useState<Drawn[]>(() => nodesOf(document, positions, selection, []));
  useEffect(() => {
    setNodes(before => nodesOf(document, positions, selection, before));
  }, [document, positions, selection]);
  const onNodesChange = useCallback(
    (changes: NodeChange<Drawn>[]) => {
      setNodes(before => applyNodeChanges(changes, before));
      const picked = changes.filter(one => one.type === "select");
      if (picked.length === 0) return;
      const chosen = new Set(draft.get().selection);
      for (const one of picked) {
        if (one.selected) chosen.add(one.id);
        else chosen.delete(one.id);
      }
      const { way } = draft.get();
      draft.select([...chosen], chosen.size > 0 ? null : way);
    },
    [draft],
  );
  return [nodes, onNodesChange];
}

function useEdges(aimed: string | null): WayEdgeType[] {
  const say = useTexts(stepTexts);
  const document = useDraftState(state => state.document);
  const selected = useDraftState(state => state.way);
  const paint = useDraftState(state => state.paint);
  return useMemo(() => edgesOf(document, { say, selected, aimed, paint }), [document, say, selected, aimed, paint]);
}

/** Something from the side bar is over the canvas, perhaps over a way. */
function useDropping() {
  const [state, setState] = useState<{ readonly over: boolean; readonly aimed: string | null }>({
    over: false,
    aimed: null,
  });
  const move = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes(DRAGGED)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    const aimed = wayAt(event.target);
    setState(before => (before.over && before.aimed === aimed ? before : { over: true, aimed }));
  };
  const end = () => setState({ over: false, aimed: null });
  return { ...state, move, end };
}

function wayAt(target: EventTarget): string | null {
  const edge = target instanceof Element ? target.closest(".react-flow__edge") : null;
  return edge?.getAttribute("data-id") ?? null;
}

function centred({ x, y }: Position): Position {
  return { x: x - 120, y: y - 20 };
}

/** What differs, drawn: the newer version as the canvas shows it, with what became of each step. */

import type { Differences as Found } from "@deskhand/contract";
import { FINISH, START } from "@deskhand/flow";
import { Anchor, Text } from "@mantine/core";
import {
  Background,
  BackgroundVariant,
  Controls,
  MarkerType,
  type Node,
  ReactFlow,
  ReactFlowProvider,
} from "@xyflow/react";
import "@xyflow/react/dist/style.css";
import { useMemo } from "react";
import { useTexts } from "../../i18n/language";
import canvas from "../canvas/Canvas.module.css";
import type { MarkNodeType, WayEdgeType } from "../canvas/drawn";
import { MarkNode } from "../canvas/MarkNode";
import { useLabels } from "../canvas/useLabels";
import { WayEdge } from "../canvas/WayEdge";
import { exitLabel, type SayStep, stepTexts } from "../steps";
import { useTheme } from "../useTheme";
import classes from "./ChangedCanvas.module.css";
import { CHANGES, ChangedStep, type ChangedStepType, ICONS } from "./ChangedStep";
import { type Joined, joined, type Side } from "./joined";
import { publishing } from "./texts";

const NODES = { changed: ChangedStep, mark: MarkNode } as const;
const EDGES = { way: WayEdge } as const;

interface Props {
  readonly before: Side;
  readonly after: Side;
  readonly found: Found;
  /** Lead to what is told of a step, or of the procedure itself (null). */
  readonly lead: (step: string | null) => void;
}

export default function ChangedCanvas({ before, after, found, lead }: Props) {
  const say = useTexts(publishing);
  const sayStep = useTexts(stepTexts);
  const labels = useLabels();
  const dark = useTheme();
  const drawn = useMemo(() => joined(before, after, found.steps), [before, after, found]);
  const nodes = useMemo(() => nodesOf(drawn, lead), [drawn, lead]);
  const edges = useMemo(() => edgesOf(drawn, sayStep), [drawn, sayStep]);
  const changed = nodes.filter(node => node.type === "changed" && node.data.change).map(({ id }) => ({ id }));
  return (
    <div>
      <ul className={classes.legend} aria-label={say("legend")}>
        {CHANGES.map(one => {
          const Icon = ICONS[one];
          const count = found.steps.filter(step => step.change === one).length;
          return (
            <li key={one} className={classes.word} data-change={one}>
              <Icon size={14} aria-hidden /> {say(one)}: {count}
            </li>
          );
        })}
      </ul>
      {found.fields.length > 0 && (
        <Text fz="sm" mb={6}>
          {say("itselfToo")}{" "}
          <Anchor component="button" type="button" fz="sm" onClick={() => lead(null)}>
            {say("seeChanges")}
          </Anchor>
        </Text>
      )}
      <div className={`${canvas.canvas} ${classes.canvas}`}>
        <ReactFlowProvider>
          <ReactFlow<ChangedStepType | MarkNodeType, WayEdgeType>
            id="changed"
            aria-label={say("changedCanvas")}
            nodes={nodes}
            edges={edges}
            nodeTypes={NODES}
            edgeTypes={EDGES}
            nodesDraggable={false}
            nodesConnectable={false}
            nodesFocusable={false}
            edgesFocusable={false}
            elementsSelectable={false}
            disableKeyboardA11y
            deleteKeyCode={null}
            zoomOnScroll={false}
            preventScrolling={false}
            minZoom={0.1}
            maxZoom={1.5}
            fitView
            fitViewOptions={{ ...(changed.length ? { nodes: changed } : {}), padding: 0.2, minZoom: 0.4, maxZoom: 0.9 }}
            colorMode={dark ? "dark" : "light"}
            ariaLabelConfig={labels}
          >
            <Background variant={BackgroundVariant.Dots} gap={24} size={1.4} />
            <Controls showInteractive={false} position="bottom-left" aria-label={labels["controls.ariaLabel"]} />
          </ReactFlow>
        </ReactFlowProvider>
      </div>
    </div>
  );
}

function nodesOf(drawn: Joined, lead: (step: string) => void): (ChangedStepType | MarkNodeType)[] {
  const fixed = { draggable: false, selectable: false } satisfies Partial<Node>;
  const steps = drawn.steps.map(
    ({ step, place, change }): ChangedStepType => ({
      ...fixed,
      id: step.id,
      type: "changed",
      position: place,
      data: { step, change, lead },
    }),
  );
  return [
    { ...fixed, id: START, type: "mark", position: drawn.start, data: { mark: "start" } },
    ...steps,
    { ...fixed, id: FINISH, type: "mark", position: drawn.finish, data: { mark: "finish" } },
  ];
}

function edgesOf(drawn: Joined, say: SayStep): WayEdgeType[] {
  const steps = new Map(drawn.steps.map(({ step }) => [step.id, step]));
  return drawn.ways.map(way => {
    const step = steps.get(way.source);
    const label = step && way.exit !== "start" ? exitLabel(say, step, way.exit) : say("exitNext");
    return {
      id: way.id,
      type: "way",
      source: way.source,
      sourceHandle: way.source === START ? "start" : "out",
      target: way.target,
      targetHandle: "in",
      label: label === say("exitNext") ? undefined : label,
      ariaLabel: say("wayTo", { source: way.source, target: way.target }),
      markerEnd: { type: MarkerType.ArrowClosed, width: 16, height: 16 },
      data: { painted: null, aimed: false },
      className: way.gone ? classes.gone : undefined,
    };
  });
}

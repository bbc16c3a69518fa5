/** A step of two versions: what became of it, in colour and in a word; it leads to what is told of it. */

import type { StepChange } from "@deskhand/contract";
import { type AnyStep, HEIGHT, WIDTH } from "@deskhand/flow";
import {
  IconAlertTriangle,
  IconArrowsMove,
  IconMinus,
  IconPencil,
  IconPlus,
  type Icon as IconType,
} from "@tabler/icons-react";
import { Handle, type Node, type NodeProps, Position, useReactFlow } from "@xyflow/react";
import { type FocusEvent, memo } from "react";
import { useTexts } from "../../i18n/language";
import canvas from "../canvas/Canvas.module.css";
import { stepTexts, uiOf } from "../steps";
import classes from "./ChangedCanvas.module.css";
import { publishing } from "./texts";

export const CHANGES = ["added", "changed", "moved", "removed"] as const;

export const ICONS: { readonly [K in (typeof CHANGES)[number]]: IconType } = {
  added: IconPlus,
  changed: IconPencil,
  moved: IconArrowsMove,
  removed: IconMinus,
};

interface ChangedStepData extends Record<string, unknown> {
  readonly step: AnyStep;
  readonly change: StepChange | null;
  readonly lead: (step: string) => void;
}

export type ChangedStepType = Node<ChangedStepData, "changed">;

export const ChangedStep = memo(({ id, data, positionAbsoluteX, positionAbsoluteY }: NodeProps<ChangedStepType>) => {
  const flow = useReactFlow();
  const { step, change, lead } = data;
  const inside = <Inside step={step} change={change} />;
  const shown = { className: `${canvas.step} ${classes.step}`, "data-change": change?.change, "data-step": id };
  // who goes from step to step with the keyboard sees each; a click has it in sight already
  const look = (event: FocusEvent) => {
    if (!event.currentTarget.matches(":focus-visible")) return;
    void flow.setCenter(positionAbsoluteX + WIDTH / 2, positionAbsoluteY + HEIGHT / 2, { zoom: flow.getZoom() });
  };
  return (
    <>
      <Handle type="target" position={Position.Top} id="in" />
      {change ? (
        <button type="button" {...shown} className={`${shown.className} nopan`} onClick={() => lead(id)} onFocus={look}>
          {inside}
        </button>
      ) : (
        <div {...shown}>{inside}</div>
      )}
      <Handle type="source" position={Position.Bottom} id="out" />
    </>
  );
});
ChangedStep.displayName = "ChangedStep";

function Inside({ step, change }: Pick<ChangedStepData, "step" | "change">) {
  const say = useTexts(publishing);
  const sayStep = useTexts(stepTexts);
  const ui = uiOf(step);
  const Icon = ui?.icon ?? IconAlertTriangle;
  const marks = CHANGES.filter(one => change?.change === one || (one === "moved" && change?.moved));
  return (
    <>
      <span className={canvas.head}>
        <span className={canvas.icon} data-colour={ui?.colour ?? "red"}>
          <Icon size={15} stroke={1.8} aria-hidden />
        </span>
        <span className={canvas.name} title={step.id}>
          {step.id}
        </span>
      </span>
      <span className={canvas.summary}>{ui ? ui.summary(step as never, sayStep) : sayStep("unknownKind")}</span>
      <span className={classes.marks}>
        {marks.map(one => {
          const Mark = ICONS[one];
          return (
            <span key={one} className={classes.word} data-change={one}>
              <Mark size={13} aria-hidden /> {say(one)}
            </span>
          );
        })}
      </span>
    </>
  );
}

/** A step on the canvas. */

import type { FoundProblem } from "@deskhand/contract";
import { IconAlertTriangle, IconShieldCheck, IconUnlink } from "@tabler/icons-react";
import { Handle, type NodeProps, Position, useUpdateNodeInternals } from "@xyflow/react";
import { memo, useEffect } from "react";
import { StepMark } from "../../features/reports/StepMark";
import { useTexts } from "../../i18n/language";
import { useDraftState } from "../context";
import { exitLabel, stepTexts, uiOf } from "../steps";
import { isApproved } from "../steps/exitLabel";
import { editor } from "../texts";
import classes from "./Canvas.module.css";
import type { StepNodeType } from "./drawn";

export const StepNode = memo(({ id, data, selected }: NodeProps<StepNodeType>) => {
  const say = useTexts(editor);
  const sayStep = useTexts(stepTexts);
  const { step, exits, reachable } = data;
  const ui = uiOf(step);
  const Icon = ui?.icon ?? IconAlertTriangle;
  const slug = useDraftState(state => state.slug);
  const painted = useDraftState(state => state.paint?.steps.get(id));
  const current = useDraftState(state => state.paint?.current === id);
  const unvisited = useDraftState(state => state.paint !== null && !state.paint.steps.has(id));
  useHandles(id, exits.map(exit => exit.name).join(" "));
  return (
    <div
      className={classes.step}
      data-selected={selected || undefined}
      data-painted={painted?.outcome}
      data-unvisited={unvisited || undefined}
      data-current={current || undefined}
      data-step={id}
    >
      <Handle type="target" position={Position.Top} id="in" className={classes.in} />
      <div className={classes.head}>
        <span className={classes.icon} data-colour={ui?.colour ?? "red"}>
          <Icon size={15} stroke={1.8} />
        </span>
        <span className={classes.name} title={id}>
          {id}
        </span>
        {isApproved(step) && (
          <span className={classes.flag} title={say("needsApproval")}>
            <IconShieldCheck size={14} aria-label={say("needsApproval")} />
          </span>
        )}
        {!reachable && (
          <span className={classes.lost} title={say("unreachable")}>
            <IconUnlink size={14} aria-label={say("unreachable")} />
          </span>
        )}
        <ProblemBadge id={id} />
        {painted && (
          <span
            className={classes.order}
            title={say("visited", { order: painted.order.join(", "), outcome: say(`outcome_${painted.outcome}`) })}
          >
            {painted.order.join(",")}
          </span>
        )}
      </div>
      <div className={classes.summary}>{ui ? ui.summary(step as never, sayStep) : sayStep("unknownKind")}</div>
      <StepMark slug={slug} step={id} />
      <div className={classes.exits} data-exits={exits.length}>
        {exits.map(exit => (
          <span
            key={exit.name}
            className={classes.exit}
            data-exit={exit.name}
            data-open={exit.target === null || undefined}
          >
            {exits.length > 1 || exit.name !== "next" ? exitLabel(sayStep, step, exit.name) : ""}
            <Handle type="source" position={Position.Bottom} id={exit.name} className={classes.out} />
          </span>
        ))}
      </div>
    </div>
  );
});
StepNode.displayName = "StepNode";

function ProblemBadge({ id }: { id: string }) {
  const say = useTexts(editor);
  const problems = useDraftState(state => byStep(state.problems).get(id));
  if (!problems) return null;
  const errors = problems.filter(one => one.severity === "error");
  const shown = errors.length > 0 ? errors : problems;
  const label = say(errors.length > 0 ? "problemsHere" : "warningsHere", { count: shown.length });
  return (
    <span
      className={classes.problems}
      data-severity={errors.length > 0 ? "error" : "warning"}
      title={shown.map(one => one.sentence).join("\n")}
      role="img"
      aria-label={label}
    >
      {shown.length}
    </span>
  );
}

/** React Flow measures handles once: tell it when they are others. */
function useHandles(id: string, shape: string): void {
  const update = useUpdateNodeInternals();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `shape` stands for the handles
  useEffect(() => update(id), [id, shape, update]);
}

const grouped = new WeakMap<readonly FoundProblem[], ReadonlyMap<string, readonly FoundProblem[]>>();

/** Problems by the step that they are about, worked out once for each check. */
export function byStep(problems: readonly FoundProblem[]): ReadonlyMap<string, readonly FoundProblem[]> {
  let found = grouped.get(problems);
  if (!found) {
    const steps = new Map<string, FoundProblem[]>();
    for (const one of problems) if (one.step !== null) steps.set(one.step, [...(steps.get(one.step) ?? []), one]);
    found = steps;
    grouped.set(problems, found);
  }
  return found;
}

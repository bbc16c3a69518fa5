/** The step kinds by group: dragged onto the canvas, or added by click and key. */

import type { Kind } from "@deskhand/flow";
import { Text, Tooltip, UnstyledButton } from "@mantine/core";
import type { DragEvent } from "react";
import { useTexts } from "../../i18n/language";
import { useActions } from "../actions";
import { GROUPS, KINDS, STEPS, stepTexts } from "../steps";
import { editor } from "../texts";
import classes from "./Canvas.module.css";

/** What is dragged from the side bar. */
export const DRAGGED = "application/x-deskhand-step";

export function StepBar() {
  const say = useTexts(editor);
  const sayStep = useTexts(stepTexts);
  return (
    <nav className={classes.bar} aria-label={say("steps")}>
      <Text fz="xs" c="dimmed">
        {say("addStepHint")}
      </Text>
      {GROUPS.map(group => (
        <section key={group} aria-label={sayStep(`group_${group}`)}>
          <div className={classes.group}>{sayStep(`group_${group}`)}</div>
          {KINDS.filter(kind => STEPS[kind].group === group).map(kind => (
            <KindButton key={kind} kind={kind} />
          ))}
        </section>
      ))}
    </nav>
  );
}

function KindButton({ kind }: { kind: Kind }) {
  const sayStep = useTexts(stepTexts);
  const actions = useActions();
  const { icon: Icon, colour, label, about } = STEPS[kind];
  const drag = (event: DragEvent) => {
    event.dataTransfer.setData(DRAGGED, kind);
    event.dataTransfer.effectAllowed = "copy";
  };
  return (
    <Tooltip label={sayStep(about)} position="right">
      <UnstyledButton
        className={classes.kind}
        draggable
        onDragStart={drag}
        onClick={() => actions.add(kind)}
        data-kind={kind}
      >
        <span className={classes.icon} data-colour={colour}>
          <Icon size={15} stroke={1.8} />
        </span>
        {sayStep(label)}
      </UnstyledButton>
    </Tooltip>
  );
}

/** What changed, step by step and field by field, in words. */

import type { FieldChange, Differences as Found, StepChange } from "@deskhand/contract";
import { Badge, Group, Text, VisuallyHidden } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useTexts } from "../../i18n/language";
import { stepTexts, uiOf } from "../steps";
import classes from "./Differences.module.css";
import { fieldTexts, isField } from "./fieldTexts";
import { publishing } from "./texts";

interface Props {
  readonly found: Found;
  /** Lead to a step that is still there. */
  readonly onSelect?: (step: string) => void;
  /** The step that somebody came from the canvas for. */
  readonly aimed?: string | null;
}

const COLOURS = { added: "teal", removed: "red", changed: "desk", moved: "gray" } as const;

export function Differences({ found, onSelect, aimed }: Props) {
  const say = useTexts(publishing);
  return (
    <ul className={classes.list}>
      {found.fields.length > 0 && (
        <li className={classes.change} data-change="changed">
          <Text fz="sm" fw={600}>
            {say("procedureItself")}
          </Text>
          <Fields changes={found.fields} />
        </li>
      )}
      {found.steps.map(one => (
        <OfStep key={one.step} change={one} onSelect={onSelect} aimed={one.step === aimed} />
      ))}
    </ul>
  );
}

interface StepProps {
  readonly change: StepChange;
  readonly onSelect: Props["onSelect"];
  readonly aimed: boolean;
}

function OfStep({ change, onSelect, aimed }: StepProps) {
  const own = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (!aimed) return;
    own.current?.focus({ preventScroll: true });
    own.current?.scrollIntoView({ block: "center" });
  }, [aimed]);
  return (
    <li
      ref={own}
      className={classes.change}
      data-change={change.change}
      data-step={change.step}
      data-aimed={aimed || undefined}
      tabIndex={aimed ? -1 : undefined}
    >
      <Head change={change} onSelect={onSelect} />
      <Fields changes={change.fields} />
    </li>
  );
}

function Head({ change, onSelect }: { change: StepChange; onSelect: Props["onSelect"] }) {
  const say = useTexts(publishing);
  const leads = onSelect && change.change !== "removed";
  return (
    <Group gap={8}>
      {leads ? (
        <button type="button" className={classes.name} onClick={() => onSelect(change.step)}>
          {change.step}
        </button>
      ) : (
        <Text fz="md" fw={600}>
          {change.step}
        </Text>
      )}
      <Text fz="xs" c="dimmed">
        <KindOf kind={change.kind} />
      </Text>
      <Badge color={COLOURS[change.change]}>{say(change.change)}</Badge>
      {change.moved && change.change !== "moved" && <Badge color="gray">{say("moved")}</Badge>}
    </Group>
  );
}

function KindOf({ kind }: { kind: string }) {
  const say = useTexts(stepTexts);
  const ui = uiOf({ kind });
  return ui ? say(ui.label) : kind;
}

function Fields({ changes }: { changes: readonly FieldChange[] }) {
  const say = useTexts(fieldTexts);
  return changes.map(one => (
    <div key={one.field} className={classes.field}>
      <Text fz="sm" c="dimmed" title={one.field}>
        {isField(one.field) ? say(one.field) : one.field}
      </Text>
      <div>
        <Value value={one.before} kind="was" />
        <Value value={one.after} kind="is" />
      </div>
    </div>
  ));
}

function Value({ value, kind }: { value: unknown; kind: "was" | "is" }) {
  const say = useTexts(publishing);
  if (value === null || value === undefined) return null;
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 1);
  return (
    <div className={`${classes.value} ${classes[kind]}`}>
      <VisuallyHidden>{say(kind)}: </VisuallyHidden>
      {text}
    </div>
  );
}

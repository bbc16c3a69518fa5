/** What changed, step by step and field by field, in words. */

import type { FieldChange, Differences as Found, StepChange } from "@deskhand/contract";
import { Badge, Group, Text, VisuallyHidden } from "@mantine/core";
import { useTexts } from "../../i18n/language";
import { stepTexts, uiOf } from "../steps";
import classes from "./Differences.module.css";
import { fieldTexts, isField } from "./fieldTexts";
import { publishing } from "./texts";

interface Props {
  readonly found: Found;
  /** Lead to a step that is still there. */
  readonly onSelect?: (step: string) => void;
}

const COLOURS = { added: "teal", removed: "red", changed: "desk", moved: "gray" } as const;

export function Differences({ found, onSelect }: Props) {
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
        <li key={one.step} className={classes.change} data-change={one.change} data-step={one.step}>
          <Head change={one} onSelect={onSelect} />
          <Fields changes={one.fields} />
        </li>
      ))}
    </ul>
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

/** The panel of the selected step: all of its fields. */

import { type AnyStep, END, idsOf, renameStep, STEP_ID, setFields, stepOf } from "@deskhand/flow";
import { ActionIcon, Button, Collapse, Divider, Group, Menu, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { IconChevronDown, IconChevronRight, IconDots, IconPointer } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useTexts } from "../../i18n/language";
import { Empty } from "../../ui/Empty";
import { useActions, type Where, wayOf } from "../actions";
import { removeWay } from "../canvas/useCanvasKeys";
import { useDraft, useDraftState, useLocked } from "../context";
import { StepForm } from "../fields/context";
import { Ways } from "../fields/Ways";
import { exitLabel, stepTexts, uiOf } from "../steps";
import { editor } from "../texts";
import classes from "./Editor.module.css";

export function StepPanel({ choose }: { choose: (where: Where) => void }) {
  const say = useTexts(editor);
  const selection = useDraftState(state => state.selection);
  const way = useDraftState(state => state.way);
  const step = useDraftState(state =>
    selection.length === 1 ? stepOf(state.document, selection[0] ?? "") : undefined,
  );
  if (step) return <OneStep key={step.id} step={step} />;
  if (selection.length > 1) return <Several count={selection.length} />;
  if (way) return <OneWay way={way} choose={choose} />;
  return (
    <Empty icon={IconPointer} title={say("nothingSelected")}>
      {say("nothingSelectedHint")}
    </Empty>
  );
}

function OneStep({ step }: { step: AnyStep }) {
  const say = useTexts(editor);
  const sayStep = useTexts(stepTexts);
  const ui = uiOf(step);
  const host = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState<readonly string[]>([]);
  const groups = ui?.more.map(one => one.label) ?? [];
  useLead(step.id, host, () => setOpen(groups));
  return (
    <StepForm step={step}>
      <Stack gap="sm" ref={host}>
        <Group justify="space-between" wrap="nowrap" gap="xs">
          <Text fz="xs" c="dimmed">
            {ui ? `${sayStep(ui.label)}: ${sayStep(ui.about)}` : sayStep("unknownKind")}
          </Text>
          <StepMenu id={step.id} />
        </Group>
        <IdField step={step} />
        {ui && <ui.Main />}
        <Divider label={say("ways")} labelPosition="left" mt={4} />
        <Ways />
        {ui?.more.map(({ label, Fields }) => (
          <Folded
            key={label}
            label={sayStep(label)}
            open={open.includes(label)}
            toggle={() => setOpen(open.includes(label) ? open.filter(one => one !== label) : [...open, label])}
          >
            <Fields />
          </Folded>
        ))}
        <NoteField step={step} />
      </Stack>
    </StepForm>
  );
}

interface FoldedProps {
  readonly label: string;
  readonly open: boolean;
  readonly toggle: () => void;
  readonly children: React.ReactNode;
}

function Folded({ label, open, toggle, children }: FoldedProps) {
  const Icon = open ? IconChevronDown : IconChevronRight;
  return (
    <div>
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        leftSection={<Icon size={14} />}
        aria-expanded={open}
        onClick={toggle}
        className={classes.fold}
      >
        {label}
      </Button>
      <Collapse expanded={open}>
        {open && (
          <Stack gap="sm" pt="xs" pl="xs" fz="sm">
            {children}
          </Stack>
        )}
      </Collapse>
    </div>
  );
}

/** The step's id; it counts once it has been typed to its end. */
function IdField({ step }: { step: AnyStep }) {
  const say = useTexts(editor);
  const draft = useDraft();
  const locked = useLocked();
  const [typed, setTyped] = useState(step.id);
  const taken = typed !== step.id && idsOf(draft.get().document).has(typed);
  const error = taken ? say("stepIdTaken") : !STEP_ID.test(typed) || typed === END ? say("stepIdForm") : null;
  const end = () => {
    if (error !== null || typed === step.id) return;
    const { positions, document } = draft.get();
    const { [step.id]: place, ...rest } = positions;
    draft.change({
      document: renameStep(document, step.id, typed),
      positions: place ? { ...rest, [typed]: place } : positions,
      selection: [typed],
    });
  };
  return (
    <TextInput
      data-field="id"
      label={say("stepId")}
      value={typed}
      error={error}
      readOnly={locked}
      spellCheck={false}
      styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
      onChange={event => setTyped(event.currentTarget.value)}
      onBlur={end}
      onKeyDown={event => event.key === "Enter" && end()}
    />
  );
}

function NoteField({ step }: { step: AnyStep }) {
  const say = useTexts(editor);
  const draft = useDraft();
  const locked = useLocked();
  return (
    <Textarea
      data-field="note"
      label={say("note")}
      description={say("noteHint")}
      autosize
      minRows={1}
      value={typeof step.note === "string" ? step.note : ""}
      readOnly={locked}
      onChange={event => {
        const note = event.currentTarget.value;
        draft.edit(
          document => setFields(document, step.id, { note: note === "" ? undefined : note }),
          `${step.id}.note`,
        );
      }}
    />
  );
}

function StepMenu({ id }: { id: string }) {
  const say = useTexts(editor);
  const actions = useActions();
  const locked = useLocked();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={say("stepMenu")}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => actions.copyByButton()}>{say("copy")}</Menu.Item>
        <Menu.Item disabled={locked} onClick={() => actions.duplicate()}>
          {say("duplicate")}
        </Menu.Item>
        <Menu.Item disabled={locked} onClick={() => actions.makeFirst(id)}>
          {say("makeFirst")}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item disabled={locked} color="red" onClick={() => actions.remove()}>
          {say("removeBridge")}
        </Menu.Item>
        <Menu.Item disabled={locked} color="red" onClick={() => actions.remove(false)}>
          {say("removeCut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function Several({ count }: { count: number }) {
  const say = useTexts(editor);
  const actions = useActions();
  const locked = useLocked();
  return (
    <Stack gap="sm" align="flex-start">
      <Text fw={600}>{say("several", { count })}</Text>
      <Group gap="xs">
        <Button size="xs" variant="default" onClick={() => actions.copyByButton()}>
          {say("copy")}
        </Button>
        <Button size="xs" variant="default" disabled={locked} onClick={() => actions.duplicate()}>
          {say("duplicate")}
        </Button>
        <Button size="xs" variant="default" color="red" disabled={locked} onClick={() => actions.remove()}>
          {say("remove")}
        </Button>
      </Group>
    </Stack>
  );
}

function OneWay({ way, choose }: { way: string; choose: (where: Where) => void }) {
  const say = useTexts(editor);
  const sayStep = useTexts(stepTexts);
  const draft = useDraft();
  const locked = useLocked();
  const on = wayOf(way);
  const source = useDraftState(state => stepOf(state.document, on.source));
  const exit = source && on.exit !== "start" ? exitLabel(sayStep, source, on.exit) : say("start");
  return (
    <Stack gap="sm" align="flex-start">
      <Text fw={600}>{say("way")}</Text>
      <Text fz="sm">{`${source?.id ?? say("start")} (${exit})`}</Text>
      <Group gap="xs">
        <Button size="xs" disabled={locked} onClick={() => choose({ on })}>
          {say("wayInsert")}
        </Button>
        {on.exit !== "start" && (
          <Button size="xs" variant="default" disabled={locked} onClick={() => removeWay(draft, way)}>
            {say("wayRemove")}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

/** Bring the field that somebody was led to into view, and give it the keyboard. */
function useLead(step: string, host: React.RefObject<HTMLDivElement | null>, unfold: () => void): void {
  const lead = useDraftState(state => state.lead);
  const done = useRef(0);
  const unfolding = useRef(unfold);
  unfolding.current = unfold;
  useEffect(() => {
    if (!lead || lead.step !== step || done.current === lead.nonce) return;
    const name = String(lead.place[0] ?? "");
    const find = () => fieldIn(host.current, name);
    if (!find()) unfolding.current();
    const frame = requestAnimationFrame(() => {
      done.current = lead.nonce;
      const field = find() ?? host.current;
      field?.scrollIntoView({ block: "center" });
      focusIn(field);
    });
    return () => cancelAnimationFrame(frame);
  }, [lead, step, host]);
}

function fieldIn(host: HTMLElement | null, name: string): HTMLElement | null {
  if (!host || name === "") return null;
  return host.querySelector<HTMLElement>(`[data-field="${CSS.escape(name)}"]`);
}

function focusIn(field: HTMLElement | null): void {
  const typed = "input, textarea, [contenteditable=true]";
  if (field?.matches(typed)) field.focus();
  else field?.querySelector<HTMLElement>(typed)?.focus();
}

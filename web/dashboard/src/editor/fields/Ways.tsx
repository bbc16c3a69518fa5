/** Where a step leads: the same as dragging from its exits, by choosing. */

import { connect, disconnect, END, type Exit, stepsOf } from "@deskhand/flow";
import { Select } from "@mantine/core";
import { useMemo } from "react";
import { useTexts } from "../../i18n/language";
import { prose } from "../../ui/Prose";
import { useDraft, useDraftState } from "../context";
import { exitLabel } from "../steps/exitLabel";
import { stepTexts } from "../steps/texts";
import { fieldOf, useExits, useStepForm } from "./context";
import { fieldTexts } from "./texts";

/** One choice for each exit that the step has now. */
export function Ways() {
  const exits = useExits();
  return exits.map(exit => <WayField key={exit.name} exit={exit} />);
}

function WayField({ exit }: { exit: Exit }) {
  const say = useTexts(fieldTexts);
  const sayStep = useTexts(stepTexts);
  const { step, locked, problems } = useStepForm();
  const draft = useDraft();
  const document = useDraftState(state => state.document);
  const data = useMemo(() => {
    const others = stepsOf(document).map(one => ({ value: one.id, label: one.id }));
    return [...others, { value: END, label: say("endOfRun") }];
  }, [document, say]);
  const wrong = problems.filter(one => one.severity === "error" && fieldOf(one) === exit.name);
  const known = exit.target === null || data.some(one => one.value === exit.target);
  const optional = exit.otherwise === "person" || exit.otherwise === "ends";
  const change = (target: string | null) =>
    draft.edit(doc =>
      target === null ? disconnect(doc, step.id, exit.name) : connect(doc, step.id, exit.name, target),
    );
  return (
    <Select
      data-field={exit.name}
      label={exitLabel(sayStep, step, exit.name)}
      data={known ? data : [...data, { value: exit.target ?? "", label: exit.target ?? "" }]}
      value={exit.target}
      placeholder={optional ? say(exit.otherwise === "person" ? "toAPerson" : "runEnds") : say("choose")}
      clearable={optional}
      searchable
      allowDeselect={false}
      readOnly={locked}
      error={prose(wrong.map(one => one.sentence))}
      onChange={change}
    />
  );
}

/** The step whose fields are shown, for the fields in its form. */

import type { FoundProblem } from "@deskhand/contract";
import { type AnyStep, declareVariable, exitsOf, setFields, stepsOf } from "@deskhand/flow";
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from "react";
import { useTexts } from "../../i18n/language";
import { prose } from "../../ui/Prose";
import { useDraft, useDraftState, useLocked } from "../context";
import { useScope } from "../scope";
import { KnownNames, type Words } from "../templates/known";
import { fieldTexts } from "./texts";

type Fields = Readonly<Record<string, unknown>>;
type Path = readonly (string | number)[];

interface Form {
  readonly step: AnyStep;
  /** What the fields are of: the step, or an object inside it. */
  readonly values: Fields;
  /** Where that object is in the step, empty for the step itself. */
  readonly inside: Path;
  readonly put: (fields: Fields, about: string) => void;
  readonly locked: boolean;
  readonly problems: readonly FoundProblem[];
  readonly known: KnownNames;
}

const Context = createContext<Form | null>(null);

/** Gives the fields inside it the step that they belong to. */
export function StepForm({ step, children }: { step: AnyStep; children: ReactNode }) {
  const locked = useLocked();
  const all = useDraftState(state => state.problems);
  const problems = useMemo(() => all.filter(one => one.step === step.id), [all, step.id]);
  const known = useKnown(step.id);
  const draft = useDraft();
  const put = useCallback(
    (fields: Fields, about: string) =>
      draft.edit(document => setFields(document, step.id, fields), `${step.id}.${about}`),
    [draft, step.id],
  );
  const form = useMemo(
    () => ({ step, values: step, inside: [], put, locked, problems, known }),
    [step, put, locked, problems, known],
  );
  return <Context value={form}>{children}</Context>;
}

/** The fields of an object that is a field of the step. */
export function Inside({ name, children }: { name: string; children: ReactNode }) {
  const form = useStepForm();
  const given = form.values[name];
  const inside = useMemo(() => {
    const values = (typeof given === "object" && given !== null ? given : {}) as Fields;
    const put = (fields: Fields, about: string) => {
      const left = Object.entries({ ...values, ...fields }).filter(([, value]) => value !== undefined);
      form.put({ [name]: Object.fromEntries(left) }, `${name}.${about}`);
    };
    return { ...form, values, inside: [...form.inside, name], put };
  }, [form, given, name]);
  return <Context value={inside}>{children}</Context>;
}

/** The fields of an entry of a list that is a field of the step. */
export function InsideEntry({ name, at, children }: { name: string; at: number; children: ReactNode }) {
  const form = useStepForm();
  const given = form.values[name];
  const inside = useMemo(() => {
    const all: readonly unknown[] = Array.isArray(given) ? given : [];
    const values = (typeof all[at] === "object" && all[at] !== null ? all[at] : {}) as Fields;
    const put = (fields: Fields, about: string) => {
      const left = Object.entries({ ...values, ...fields }).filter(([, value]) => value !== undefined);
      const next = all.map((one, place) => (place === at ? Object.fromEntries(left) : one));
      form.put({ [name]: next }, `${name}.${at}.${about}`);
    };
    return { ...form, values, inside: [...form.inside, name, at], put };
  }, [form, given, name, at]);
  return <Context value={inside}>{children}</Context>;
}

export function useStepForm(): Form {
  const form = use(Context);
  if (!form) throw new Error("a step's field belongs inside StepForm");
  return form;
}

export interface FieldState {
  readonly value: unknown;
  readonly set: (value: unknown) => void;
  readonly locked: boolean;
  /** What is wrong with it, in sentences. */
  readonly error: ReactNode;
  readonly required: boolean;
}

/** A field of the step: undefined takes it away, and so does an empty text unless it has to be there. */
export function useField(name: string, required = false): FieldState {
  const { values, inside, put, locked, problems } = useStepForm();
  const set = useCallback(
    (value: unknown) => put({ [name]: value === "" && !required ? undefined : value }, name),
    [put, name, required],
  );
  return { value: values[name], set, locked, required, error: wrongWith(problems, inside, name) };
}

/** The exits of the step as they lead now. */
export function useExits() {
  const { step } = useStepForm();
  const steps = useDraftState(state => state.document);
  return useMemo(() => {
    const all = stepsOf(steps);
    return exitsOf(step, all[all.findIndex(one => one.id === step.id) + 1]?.id);
  }, [step, steps]);
}

function wrongWith(problems: readonly FoundProblem[], inside: Path, name: string): ReactNode {
  const own = problems.filter(one => {
    if (one.severity !== "error") return false;
    return inside.length === 0 ? fieldOf(one) === name : isAbout(one, [...inside, name]);
  });
  return prose(own.map(one => one.sentence));
}

/** Whether a problem is about what lies at a path in its step, or in that. */
function isAbout(problem: FoundProblem, path: Path): boolean {
  const place = problem.place[0] === "steps" ? problem.place.slice(2) : [];
  return path.every((part, at) => String(place[at]) === String(part));
}

/** The field of a step that a problem is about: the outermost one. */
export function fieldOf(problem: FoundProblem): string {
  const inside = problem.place[0] === "steps" ? problem.place[2] : undefined;
  return String(inside ?? problem.field?.split(".")[0] ?? "");
}

function useKnown(step: string): KnownNames {
  const say = useTexts(fieldTexts);
  const draft = useDraft();
  const scope = useScope(step);
  const words = useMemo<Words>(
    () => ({
      declared: say("declared"),
      sometimes: say("sometimes"),
      unknown: say("unknownHere"),
      create: name => say("createVariable", { name }),
      setBy: steps => say("setBy", { steps }),
    }),
    [say],
  );
  const declare = useCallback(
    (name: string) =>
      draft.edit(document => declareVariable(document, { name, description: name.replaceAll("_", " ") })),
    [draft],
  );
  const [known] = useState(() => new KnownNames({ scope, words, declare }));
  useEffect(() => known.set({ scope, words, declare }), [known, scope, words, declare]);
  return known;
}

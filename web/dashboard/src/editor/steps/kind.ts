/** What the editor knows of a step kind; each kind has a file of its own beside this one. */

import type { AnyStep, ExitName, Kind, Step } from "@deskhand/flow";
import type { Icon } from "@tabler/icons-react";
import type { ComponentType } from "react";
import type { PlainKey, Say } from "../../i18n/texts";
import type { stepTexts } from "./texts";

/** Groups of the side bar, in their order. */
export const GROUPS = ["talk", "decide", "act", "finish"] as const;
export type StepGroup = (typeof GROUPS)[number];

export type StepKey = PlainKey<typeof stepTexts.en>;
export type SayStep = Say<typeof stepTexts.en>;
export type StepOf<K extends Kind> = Extract<Step, { kind: K }>;

/** A step as it is written down: what has a default may be left out. */
export type Sample<K extends Kind> = Pick<StepOf<K>, "kind" | "id"> & Partial<StepOf<K>>;

export interface StepUi<K extends Kind = Kind> {
  readonly icon: Icon;
  /** A colour of the theme, for its icon. */
  readonly colour: string;
  readonly group: StepGroup;
  readonly label: StepKey;
  /** What it does, in a sentence. */
  readonly about: StepKey;
  /** A fresh one; its id is made unique. */
  readonly sample: (say: SayStep) => Sample<K>;
  /** One line on the node: what it says, asks, compares. Any field may be missing. */
  readonly summary: (step: Partial<StepOf<K>>, say: SayStep) => string;
  /** The exits that are offered at the node beside those that lead somewhere. */
  readonly exits: (step: AnyStep) => readonly ExitName[];
  /** The fields that matter first. */
  readonly Main: ComponentType;
  /** The other fields, folded; in named groups. */
  readonly more: readonly { readonly label: StepKey; readonly Fields: ComponentType }[];
}

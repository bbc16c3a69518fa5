/** What a step's fields know of variables, where CodeMirror can reach it. */

import type { ScopeOfStep } from "@deskhand/contract";
import { Store } from "../store";

export interface Words {
  readonly declared: string;
  readonly sometimes: string;
  readonly unknown: string;
  readonly create: (name: string) => string;
  readonly setBy: (steps: string) => string;
}

interface Known {
  readonly scope: ScopeOfStep;
  readonly words: Words;
  readonly declare: (name: string) => void;
}

/** Scope, words and the way to declare a variable, for the fields of one panel. */
export class KnownNames extends Store<Known> {}

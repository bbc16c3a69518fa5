/** The draft that is open: document, positions, history, selection, and whether all of it is saved. */

import type { FoundProblem, Procedure } from "@deskhand/contract";
import {
  begin,
  type Doc,
  graphOf,
  type History,
  layoutAll,
  layoutMissing,
  type Positions,
  record,
  redo,
  same,
  undo,
} from "@deskhand/flow";
import type { CanvasPaint } from "./paint";
import { Store } from "./store";

/** Whether the server has everything. */
export type SaveState =
  | { readonly kind: "saved"; readonly at: string }
  | { readonly kind: "waiting" }
  | { readonly kind: "saving" }
  | { readonly kind: "failed"; readonly error: unknown; readonly retries: boolean }
  | { readonly kind: "conflict"; readonly theirs: Procedure };

/** Why nothing may be changed; null where it may. */
export type ReadOnly = "role" | "version" | "run" | "archived" | null;

/** Text in the YAML pane that cannot be read yet: the canvas keeps the last good state. */
export interface BrokenYaml {
  readonly text: string;
  readonly sentence: string;
  readonly line: number | null;
}

/** What undo brings back. */
export interface Drawn {
  readonly document: Doc;
  readonly positions: Positions;
}

export interface DraftState {
  readonly slug: string;
  readonly readOnly: ReadOnly;
  readonly document: Doc;
  readonly positions: Positions;
  /** The save that the document is based on. */
  readonly revision: number;
  readonly activeVersion: number | null;
  readonly save: SaveState;
  /** Ids of steps, the one that the panel shows first. */
  readonly selection: readonly string[];
  /** The way that is selected, by its id. */
  readonly way: string | null;
  readonly paint: CanvasPaint | null;
  readonly problems: readonly FoundProblem[];
  readonly checking: boolean;
  /** The document as YAML, and the line of each step in it. */
  readonly yaml: string;
  readonly lines: Readonly<Record<string, number>>;
  readonly broken: BrokenYaml | null;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** A field that is to be shown and given the keyboard: the step's, with its place inside it. */
  readonly lead: { readonly step: string; readonly place: readonly (string | number)[]; readonly nonce: number } | null;
}

export interface Change {
  readonly document?: Doc;
  readonly positions?: Positions;
  readonly selection?: readonly string[];
}

export interface Opened extends Drawn {
  readonly slug: string;
  readonly readOnly: ReadOnly;
  readonly revision: number;
  readonly activeVersion: number | null;
  readonly savedAt: string;
  /** What the server has, where the document is already further. */
  readonly base?: Doc;
  readonly broken?: BrokenYaml | null;
  readonly paint?: CanvasPaint | null;
}

/** One open draft. What it does outside (saving, checking) hangs on `onEdited`. */
export class Draft extends Store<DraftState> {
  /** The document as the server has it at `revision`. */
  base: Doc;
  /** Save now; resolves to whether the server has everything. */
  flush: () => Promise<boolean> = async () => this.get().save.kind === "saved";
  private history: History<Drawn>;
  private readonly edited = new Set<() => void>();
  private nonce = 0;

  constructor(opened: Opened) {
    const positions = layoutMissing(graphOf(opened.document), opened.positions);
    super({
      slug: opened.slug,
      readOnly: opened.readOnly,
      document: opened.document,
      positions,
      revision: opened.revision,
      activeVersion: opened.activeVersion,
      save: { kind: "saved", at: opened.savedAt },
      selection: [],
      way: null,
      paint: opened.paint ?? null,
      problems: [],
      checking: false,
      yaml: "",
      lines: {},
      broken: opened.broken ?? null,
      canUndo: false,
      canRedo: false,
      lead: null,
    });
    this.base = opened.base ?? opened.document;
    this.history = begin({ document: opened.document, positions });
    if (this.base === opened.document) return;
    const before = { document: this.base, positions: layoutMissing(graphOf(this.base), opened.positions) };
    this.history = record(begin<Drawn>(before), this.history.present, null, 0);
    this.set({ canUndo: true, save: { kind: "waiting" } });
  }

  /** Hear of every change of document or positions. */
  onEdited(listener: () => void): () => void {
    this.edited.add(listener);
    return () => this.edited.delete(listener);
  }

  /** Whether it may be changed now. */
  get locked(): boolean {
    const { readOnly, broken } = this.get();
    return readOnly !== null || broken !== null;
  }

  /** Change the document; changes with the same `about` in quick succession are undone together. */
  edit(change: (document: Doc) => Doc, about: string | null = null): void {
    this.change({ document: change(this.get().document) }, about);
  }

  /** Change document, positions and selection at once. */
  change(change: Change, about: string | null = null): void {
    if (this.locked) return;
    this.changed(change, about);
  }

  /** Take over what was written as YAML. */
  written(document: Doc): void {
    if (this.get().readOnly === null) this.changed({ document }, "yaml");
  }

  undo(): void {
    if (!this.locked) this.turn(undo(this.history));
  }

  redo(): void {
    if (!this.locked) this.turn(redo(this.history));
  }

  /** Lay all steps out anew. */
  arrange(): void {
    this.change({ positions: layoutAll(graphOf(this.get().document)) });
  }

  select(selection: readonly string[], way: string | null = null): void {
    const now = this.get();
    if (now.way === way && same(now.selection, selection)) return;
    this.set({ selection, way });
  }

  /** Select a step and lead to one of its fields. */
  show(step: string, place: readonly (string | number)[] = []): void {
    this.nonce += 1;
    this.set({ selection: [step], way: null, lead: { step, place, nonce: this.nonce } });
  }

  paint(paint: CanvasPaint | null): void {
    this.set({ paint });
  }

  /** The server has this now; what was changed meanwhile stays, and is saved next. */
  saved(procedure: Procedure, sent: Doc): void {
    const dirty = this.get().document !== sent;
    this.base = sent;
    this.set({
      slug: procedure.slug,
      revision: procedure.revision,
      activeVersion: procedure.active_version,
      save: dirty ? { kind: "waiting" } : { kind: "saved", at: procedure.saved_at },
    });
  }

  /** Go on from another state of the server: a restored version, somebody else's save. Undo leads back. */
  adopt(procedure: Procedure, document: Doc = procedure.document): void {
    const positions = { ...this.get().positions, ...procedure.layout };
    this.base = procedure.document;
    this.set({
      slug: procedure.slug,
      revision: procedure.revision,
      activeVersion: procedure.active_version,
      broken: null,
      save: { kind: "saved", at: procedure.saved_at },
    });
    this.changed({ document, positions }, null);
  }

  private changed({ document, positions, selection }: Change, about: string | null): void {
    const now = this.get();
    const doc = document ?? now.document;
    const places = placed(doc, positions ?? now.positions, doc !== now.document);
    if (doc === now.document && places === now.positions) {
      if (selection) this.select(selection);
      return;
    }
    this.history = record(this.history, { document: doc, positions: places }, about, Date.now());
    this.put({ document: doc, positions: places }, selection);
  }

  private turn(history: History<Drawn>): void {
    if (history === this.history) return;
    this.history = history;
    this.put(history.present);
  }

  private put(drawn: Drawn, selection: readonly string[] = this.get().selection): void {
    const here = new Set(graphOf(drawn.document).steps);
    this.set({
      ...drawn,
      selection: selection.filter(id => here.has(id)),
      way: null,
      canUndo: this.history.past.length > 0,
      canRedo: this.history.future.length > 0,
    });
    for (const tell of this.edited) tell();
  }
}

function placed(document: Doc, positions: Positions, edited: boolean): Positions {
  return edited ? layoutMissing(graphOf(document), positions) : positions;
}

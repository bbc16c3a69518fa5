/** A draft as the settings change it: saved by itself a moment after each change, joined with what others saved. */

import type { Procedure } from "@deskhand/contract";
import { type Clash, type Doc, merge, same } from "@deskhand/flow";
import { Problem } from "../../../api/problem";
import { Store } from "../../../editor/store";

/** Milliseconds from the last change to its saving. */
const PAUSE = 600;

export type Saving =
  | { readonly kind: "saved" | "waiting" | "saving" | "joined" }
  | { readonly kind: "failed"; readonly error: unknown }
  | { readonly kind: "conflict"; readonly clashes: readonly Clash[]; readonly theirs: Procedure };

export interface Kept {
  readonly document: Doc;
  /** As the server has it. */
  readonly base: Procedure;
  readonly saving: Saving;
}

/** What a keeper asks of the server. */
export interface Server {
  readonly save: (slug: string, document: Doc, basedOn: number) => Promise<Procedure>;
  readonly load: (slug: string) => Promise<Procedure>;
}

export class Keeper extends Store<Kept> {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    procedure: Procedure,
    private readonly server: Server,
    private readonly onSaved: (procedure: Procedure, before: string) => void,
  ) {
    super({ document: procedure.document, base: procedure, saving: { kind: "saved" } });
  }

  /** Change the draft; it is saved in a moment. */
  readonly change = (to: (document: Doc) => Doc): void => {
    const { document, saving } = this.get();
    this.set({ document: to(document), saving: saving.kind === "conflict" ? saving : { kind: "waiting" } });
    if (saving.kind !== "conflict") this.soon();
  };

  /** Save what is left. */
  readonly flush = (): Promise<void> => {
    clearTimeout(this.timer);
    this.running = this.running.then(() => this.push());
    return this.running;
  };

  /** Of what both changed, mine. */
  readonly keepMine = (): void =>
    this.decide((document, theirs) => merge(this.get().base.document, document, theirs).doc);

  /** Of what both changed, theirs; all of mine is dropped. */
  readonly takeTheirs = (): void => this.decide((_, theirs) => theirs);

  private decide(choose: (mine: Doc, theirs: Doc) => Doc): void {
    const { document, saving } = this.get();
    if (saving.kind !== "conflict") return;
    this.set({ document: choose(document, saving.theirs.document), base: saving.theirs, saving: { kind: "waiting" } });
    void this.flush();
  }

  private soon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), PAUSE);
  }

  private async push(): Promise<void> {
    const { document, base, saving } = this.get();
    if (saving.kind === "conflict" || !named(document)) return;
    if (same(document, base.document))
      return this.set({ saving: { kind: saving.kind === "joined" ? "joined" : "saved" } });
    this.set({ saving: { kind: "saving" } });
    try {
      await this.send(document, base);
    } catch (error) {
      this.set({ saving: { kind: "failed", error } });
    }
  }

  private async send(document: Doc, base: Procedure): Promise<void> {
    try {
      this.saved(await this.server.save(base.slug, document, base.revision), document, base.slug, "saved");
    } catch (error) {
      if (!(error instanceof Problem && error.conflicts && error.type.endsWith("stale"))) throw error;
      await this.join(base);
    }
  }

  /** Somebody else saved: put both together, and ask only about what both changed. */
  private async join(base: Procedure): Promise<void> {
    const theirs = await this.server.load(base.slug);
    const { doc, clashes } = merge(base.document, this.get().document, theirs.document);
    if (clashes.length > 0) return this.set({ saving: { kind: "conflict", clashes, theirs } });
    this.set({ document: doc, base: theirs });
    this.saved(await this.server.save(theirs.slug, doc, theirs.revision), doc, theirs.slug, "joined");
  }

  private saved(procedure: Procedure, sent: Doc, before: string, kind: "saved" | "joined"): void {
    const more = this.get().document !== sent;
    this.set({ base: procedure, saving: { kind: more ? "waiting" : kind } });
    this.onSaved(procedure, before);
    if (more) this.soon();
  }
}

function named(document: Doc): boolean {
  return typeof document.name === "string" && document.name.trim() !== "";
}

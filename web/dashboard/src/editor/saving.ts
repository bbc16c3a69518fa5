/** Saves the draft by itself, a moment after each change; of two who edit, the second is asked. */

import type { Procedure } from "@deskhand/contract";
import { type Doc, type Positions, same } from "@deskhand/flow";
import { api, Problem, Unreachable } from "../api/client";
import type { Draft } from "./draft";

/** Milliseconds from a change to its saving. */
const PAUSE = 700;
const RETRY = { first: 2000, most: 30_000 } as const;

export class Saver {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running: Promise<void> | null = null;
  private wait: number = RETRY.first;
  private stopped = false;
  /** What was sent since the last answer: the server may have it although its answer got lost. */
  private tried: readonly Doc[] = [];
  private readonly leave: () => void;
  private readonly online = () => this.soon(0);

  constructor(
    private readonly draft: Draft,
    private places: Positions,
  ) {
    this.leave = draft.onEdited(() => this.noticed());
    draft.flush = () => this.flush();
    window.addEventListener("online", this.online);
    if (draft.base !== draft.get().document) this.soon(0);
  }

  /** Save what is left, and stop; resolves once the server has answered. */
  async end(): Promise<void> {
    this.leave();
    window.removeEventListener("online", this.online);
    clearTimeout(this.timer);
    this.stopped = true;
    await this.running; // it has not seen what was changed since
    if (this.draft.get().save.kind === "waiting") await this.push();
  }

  /** Save now; resolves to whether the server has everything. */
  async flush(): Promise<boolean> {
    clearTimeout(this.timer);
    await this.running;
    await this.push();
    return this.draft.get().save.kind === "saved";
  }

  private noticed(): void {
    const { save } = this.draft.get();
    if (save.kind === "conflict") return;
    if (save.kind !== "saving") this.draft.set({ save: { kind: "waiting" } });
    this.soon(PAUSE);
  }

  private soon(milliseconds: number): void {
    clearTimeout(this.timer);
    if (!this.stopped) this.timer = setTimeout(() => void this.push(), milliseconds);
  }

  private push(): Promise<void> {
    this.running ??= this.send().finally(() => {
      this.running = null;
      if (this.draft.get().save.kind === "waiting") this.soon(PAUSE);
    });
    return this.running;
  }

  private async send(): Promise<void> {
    const { save, readOnly, document, positions } = this.draft.get();
    if (readOnly !== null || save.kind === "conflict") return;
    const changed = !same(document, this.draft.base);
    if (!changed && same(positions, this.places)) return this.settled();
    this.draft.set({ save: { kind: "saving" } });
    try {
      const saved = changed ? await this.saveDocument(document) : null;
      await this.savePlaces(positions);
      if (saved) this.draft.saved(saved, document);
      if (!saved || !same(this.draft.get().positions, this.places)) this.settled();
      this.wait = RETRY.first;
    } catch (error) {
      await this.failed(error);
    }
  }

  private async saveDocument(document: Doc): Promise<Procedure> {
    const { slug, revision } = this.draft.get();
    this.tried = [...this.tried, document];
    const { data } = await api.PUT("/v1/procedures/{slug}", {
      params: { path: { slug } },
      body: { document: document as Procedure["document"], based_on: revision },
    });
    if (!data) throw new Unreachable();
    this.tried = [];
    this.draft.base = document;
    this.draft.set({ slug: data.slug, revision: data.revision });
    return data;
  }

  private async savePlaces(places: Positions): Promise<void> {
    const moved = Object.entries(places).filter(([id, place]) => !same(place, this.places[id]));
    const gone = Object.keys(this.places).filter(id => !places[id]);
    if (moved.length + gone.length === 0) return;
    const positions = Object.fromEntries([...moved, ...gone.map(id => [id, null] as const)]);
    const { slug } = this.draft.get();
    await api.PUT("/v1/procedures/{slug}/layout", { params: { path: { slug } }, body: { positions } });
    this.places = places;
  }

  /** Nothing is left to send, unless more was changed meanwhile. */
  private settled(): void {
    const { document, positions } = this.draft.get();
    const all = same(document, this.draft.base) && same(positions, this.places);
    this.draft.set({ save: all ? { kind: "saved", at: new Date().toISOString() } : { kind: "waiting" } });
  }

  private async failed(error: unknown): Promise<void> {
    if (error instanceof Problem && error.status === 409 && error.type.endsWith("stale")) {
      const theirs = await this.current();
      const own = theirs && this.tried.find(one => same(one, theirs.document));
      this.tried = [];
      if (own) return this.draft.saved(theirs, own);
      if (theirs) return this.draft.set({ save: { kind: "conflict", theirs } });
    }
    const retries = !(error instanceof Problem) || error.status >= 500 || error.status === 429;
    this.draft.set({ save: { kind: "failed", error, retries } });
    if (!retries) return;
    this.soon(this.wait);
    this.wait = Math.min(this.wait * 2, RETRY.most);
  }

  private async current(): Promise<Procedure | null> {
    const { slug } = this.draft.get();
    try {
      return (await api.GET("/v1/procedures/{slug}", { params: { path: { slug } } })).data ?? null;
    } catch {
      return null; // told as what it began with: not saved
    }
  }
}

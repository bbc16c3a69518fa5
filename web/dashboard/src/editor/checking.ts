/** What publishing would say of the draft, a moment after each change; and YAML that becomes the draft. */

import type { CheckedDocument } from "@deskhand/contract";
import { type Doc, isDrawable, merge } from "@deskhand/flow";
import { api } from "../api/client";
import type { Draft } from "./draft";

const PAUSE = 300;

export class Checker {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private ending = new AbortController();
  private readonly leave: () => void;
  /** YAML that waits to be read. */
  private typed: string | null = null;
  /** The document that the YAML stood for before somebody typed in it. */
  private shown: Doc;

  constructor(private readonly draft: Draft) {
    this.shown = draft.get().document;
    this.leave = draft.onEdited(() => this.soon());
    const { broken } = draft.get();
    if (broken) this.type(broken.text);
    else void this.check();
  }

  end(): void {
    this.leave();
    clearTimeout(this.timer);
    this.ending.abort();
  }

  /** Somebody typed YAML: it becomes the draft as soon as it can be read. */
  type(text: string): void {
    this.typed = text;
    this.ending.abort(); // an answer to what stood there before would take back what is being typed
    this.soon();
  }

  /** Let go of YAML that cannot be read. */
  discard(): void {
    this.typed = null;
    this.draft.set({ broken: null });
    void this.check();
  }

  private soon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.check(), PAUSE);
  }

  private async check(): Promise<void> {
    this.ending.abort();
    this.ending = new AbortController();
    const { signal } = this.ending;
    const { document } = this.draft.get();
    const typed = this.typed;
    this.draft.set({ checking: true });
    try {
      const body = typed === null ? { document: document as CheckedDocument["document"] } : { yaml: typed };
      const { data } = await api.POST("/v1/check", { body, signal });
      if (!data || signal.aborted) return;
      if (typed === null) {
        this.shown = document;
        this.draft.set({ problems: data.problems, lines: data.lines, yaml: data.yaml ?? "" });
      } else this.read(typed, data);
      this.draft.set({ checking: false });
    } catch {
      // offline, or a newer check took over: what was said before still stands, and the next change asks again
      if (!signal.aborted) this.draft.set({ checking: false });
    }
  }

  private read(text: string, found: CheckedDocument): void {
    if (this.typed !== text) return; // more was typed meanwhile: the next check reads that
    const { document } = found;
    const readable = document !== null && isDrawable(document);
    if (!readable) {
      const sentence = found.problems[0]?.sentence ?? "";
      this.draft.set({ broken: { text, sentence, line: lineIn(sentence) } });
      return;
    }
    this.typed = null;
    this.draft.set({ broken: null, problems: found.problems, lines: found.lines, yaml: text });
    const { document: drawn } = this.draft.get();
    const both = drawn !== this.shown; // the canvas was changed while the YAML was being read
    this.draft.written(both ? merge(this.shown, drawn, document).doc : document);
    this.shown = document;
    if (!both) clearTimeout(this.timer); // it has been checked, as it was typed
  }
}

/** The line that a sentence of the YAML reader names. */
export function lineIn(sentence: string): number | null {
  const found = /\bline (\d+)/.exec(sentence);
  return found?.[1] ? Number(found[1]) : null;
}

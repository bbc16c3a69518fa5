// Server-sent events over fetch: EventSource cannot send an Authorization header.

import { ApiProblem } from "./client.js";

const FIRST_WAIT = 500;
const LONGEST_WAIT = 15_000;
const SILENCE = 60_000; // the server writes a comment every 15 seconds; four missed ones mean that the line is dead

/** Split a stream's text into events `{id, event, data}`; gives the text that is not a whole event yet. */
function takeEvents(text, onEvent) {
  const blocks = text.split(/\r\n\r\n|\n\n|\r\r/);
  const rest = blocks.pop();
  for (const block of blocks) {
    const found = { id: null, event: "message", data: [] };
    for (const line of block.split(/\r\n|\n|\r/)) {
      const [, name, value] = /^([^:]*):? ?(.*)$/s.exec(line);
      if (name === "data") found.data.push(value);
      else if (name === "id" || name === "event") found[name] = value;
    }
    if (found.data.length) onEvent({ ...found, data: found.data.join("\n") });
  }
  return rest;
}

/**
 * Keep a stream open: it resumes after the last id it has seen and comes back with growing pauses.
 * `onOpen` is called each time it stands, `onEnd(problem)` once when the server refuses it for good.
 */
export class Stream {
  #client;
  #path;
  #handlers;
  #lastId;
  #stop = null;
  #wake = () => {};

  constructor(client, path, { lastId = null, onEvent, onOpen = () => {}, onEnd = () => {} }) {
    this.#client = client;
    this.#path = path;
    this.#lastId = lastId;
    this.#handlers = { onEvent, onOpen, onEnd };
  }

  start() {
    if (this.#stop) return;
    this.#stop = new AbortController();
    this.#run(this.#stop.signal);
  }

  stop() {
    this.#stop?.abort();
    this.#stop = null;
    this.#wake();
  }

  /** Try again now instead of at the end of the pause. */
  nudge() {
    this.#wake();
  }

  async #run(signal) {
    let wait = FIRST_WAIT;
    while (!signal.aborted) {
      try {
        await this.#read(signal, () => (wait = FIRST_WAIT));
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof ApiProblem && error.status < 500 && error.status !== 429) {
          this.#handlers.onEnd(error);
          return;
        }
      }
      await this.#pause(wait * (0.75 + Math.random() / 2));
      wait = Math.min(wait * 2, LONGEST_WAIT);
    }
  }

  async #read(signal, opened) {
    const line = new AbortController();
    const both = AbortSignal.any([signal, line.signal]);
    const answer = await this.#client.stream(this.#path, { lastId: this.#lastId, signal: both });
    opened();
    this.#handlers.onOpen();
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    for (;;) {
      const silence = setTimeout(() => line.abort(), SILENCE);
      const { done, value } = await reader.read().finally(() => clearTimeout(silence));
      if (done) return;
      text = takeEvents(text + value, (event) => this.#take(event));
    }
  }

  #take(event) {
    if (event.id !== null) this.#lastId = event.id;
    this.#handlers.onEvent({ event: event.event, data: JSON.parse(event.data) });
  }

  #pause(ms) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

// The conversation that the page shows: its log as the stream brings it, and its state as the server tells it.

import { takeSlot } from "./slot.js";
import { Stream } from "./stream.js";

const PAGE = 200;
const RECHECK = 2000;

/**
 * Tells `opened` (another conversation, or none), `entries` (the log grew), `record` (the state is another), `writing`
 * (the agent's words so far are others), and `lost` with a problem (there is no such conversation).
 */
export class Conversation extends EventTarget {
  id = null;
  /** What GET /v1/conversations/{id} answered last. */
  record = null;
  /** The log, in order. */
  entries = [];
  /** What a model has written so far and the log does not show yet. */
  writing = "";
  #client;
  #stream = null;
  #release = () => {};
  #making = null;
  #reading = null;
  #readAgain = false;
  #unsettled = false;

  constructor(client) {
    super();
    this.#client = client;
    setInterval(() => this.working && !document.hidden && this.catchUp(), RECHECK);
    document.addEventListener("visibilitychange", () => this.#followVisibility());
  }

  /** Whether something is under way that the customer waits for. */
  get working() {
    const { busy, thinking, runs } = this.record ?? {};
    return Boolean(this.id && (this.#unsettled || busy || thinking || runs?.at(-1)?.waiting === "browser"));
  }

  /** The log as the customer has it: without what a member talks over with the team's assistant. */
  get talk() {
    return this.entries.filter(({ body }) => body.to !== "member");
  }

  /** Whether the stream brings what is new. */
  get following() {
    return this.#stream !== null;
  }

  /** Show another conversation; null is one that begins with its first message. */
  async open(id) {
    if (id === this.id && this.entries.length) return;
    this.#leave();
    this.id = id;
    this.#tell("opened");
    if (id !== null) await this.#load(id);
  }

  /** The conversation's id; made now where there is none yet. */
  async ensure(opening) {
    if (this.id) return this.id;
    this.#making ??= this.#client.post("/v1/conversations", opening).finally(() => (this.#making = null));
    const record = await this.#making;
    if (!this.id) {
      this.id = record.id;
      this.record = record;
      this.#tell("made");
      this.#listen();
    }
    return this.id;
  }

  /** Post an event (`messages`, `clicks`, `cancel`, …) and take in what it led to. */
  async send(what, body, id = this.id) {
    const receipt = await this.#client.post(`/v1/conversations/${id}/${what}?wait=0`, body);
    if (id !== this.id) return receipt;
    this.#unsettled = !receipt.settled;
    this.take(receipt.entries);
    if (receipt.duplicate) await this.#readLog(id);
    this.refresh();
    return receipt;
  }

  /** Add entries, each only once and in its place. */
  take(entries) {
    const known = new Set(this.entries.map((entry) => entry.seq));
    const fresh = entries.filter((entry) => !known.has(entry.seq));
    if (!fresh.length) return;
    this.entries = [...this.entries, ...fresh].sort((one, other) => one.seq - other.seq);
    this.#write(""); // what was written is in the log now, or came to nothing
    this.dispatchEvent(new CustomEvent("entries", { detail: fresh }));
  }

  /** Ask for the state; several wishes while one is being answered become one more. */
  refresh() {
    if (!this.id) return Promise.resolve();
    if (this.#reading) {
      this.#readAgain = true;
      return this.#reading;
    }
    this.#reading = this.#readState().finally(() => {
      this.#reading = null;
      if (this.#readAgain) {
        this.#readAgain = false;
        this.refresh();
      }
    });
    return this.#reading;
  }

  /** Read what the stream has not brought, or not yet: a window without a stream lives on this. */
  async catchUp() {
    const id = this.id;
    if (!id) return;
    this.#stream?.nudge();
    await this.#load(id);
  }

  async #load(id) {
    try {
      await this.#readLog(id);
      await this.refresh();
      if (id === this.id) this.#listen();
    } catch (problem) {
      if (this.id !== id) return;
      if (problem.status === 404 || problem.status === 422) this.#lose(problem);
      // otherwise the server is away: when it is back, the page catches up
    }
  }

  async #readState() {
    const id = this.id;
    try {
      const record = await this.#client.get(`/v1/conversations/${id}`);
      if (id !== this.id) return;
      this.record = record;
      if (!record.busy && !record.thinking) this.#unsettled = false;
      this.#tell("record");
    } catch (problem) {
      if (id === this.id && problem.status === 404) this.#lose(problem);
      // otherwise the next entry, or the next check, asks again
    }
  }

  /** The number of the last entry before the first gap: a receipt may run ahead of what others have written. */
  get #whole() {
    const gap = this.entries.findIndex((entry, at) => entry.seq !== at + 1);
    return gap === -1 ? this.entries.length : gap;
  }

  async #readLog(id) {
    for (let more = true; more && id === this.id; ) {
      const page = await this.#client.get(`/v1/conversations/${id}/entries?after=${this.#whole}&limit=${PAGE}`);
      if (id === this.id) this.take(page.items);
      more = page.items.length === PAGE;
    }
  }

  async #listen() {
    if (this.#stream || document.hidden) return;
    const id = this.id;
    const release = await takeSlot();
    if (!release) return; // another window of this browser has it: this one goes by hints
    if (this.#stream || id !== this.id || document.hidden) {
      release();
      return;
    }
    this.#release = release;
    this.#stream = new Stream(this.#client, `/v1/conversations/${id}/events`, {
      lastId: this.#whole,
      onEvent: ({ event, data }) => {
        if (id !== this.id) return;
        if (event === "writing") this.#write(data.text);
        if (event !== "entry") return;
        this.take([data]);
        this.refresh();
      },
      onEnd: (problem) => id === this.id && problem.status === 404 && this.#lose(problem),
    });
    this.#stream.start();
  }

  // A hidden window leaves the stream to one that is looked at.
  #followVisibility() {
    if (document.hidden) this.#hangUp();
    else this.catchUp();
  }

  #hangUp() {
    this.#stream?.stop();
    this.#stream = null;
    this.#release();
    this.#release = () => {};
  }

  #leave() {
    this.#hangUp();
    this.record = null;
    this.entries = [];
    this.writing = "";
    this.#unsettled = false;
    this.#making = null;
  }

  #write(text) {
    if (text === this.writing) return;
    this.writing = text;
    this.#tell("writing");
  }

  #lose(problem) {
    this.#leave();
    this.id = null;
    this.dispatchEvent(new CustomEvent("lost", { detail: problem }));
  }

  #tell(what) {
    this.dispatchEvent(new Event(what));
  }
}

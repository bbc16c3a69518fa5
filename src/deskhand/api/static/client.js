// Talking to the REST API: one place for the key, for problems, and for noticing that the server is away.

import { phrase } from "./phrases.js";

/** The API answered with a problem; the message is its sentence. */
export class ApiProblem extends Error {
  constructor(status, problem) {
    super(problem.detail || problem.title || `The server answered ${status}.`);
    this.status = status;
    this.problems = problem.problems ?? [];
  }
}

/** Nobody answered. */
class Unreachable extends Error {
  constructor() {
    super(phrase("unreachable"));
  }
}

const AWAY = new Set([502, 503, 504]);
const PATIENCE = 130_000; // an event may wait for calls, which have two minutes

/** A client with an API key. Tells `away`, `back` and `refused` (the key is no longer valid). */
export class Client extends EventTarget {
  #key;
  #away = false;
  #asking = null;

  constructor(key) {
    super();
    this.#key = key;
  }

  get(path) {
    return this.#json("GET", path);
  }

  post(path, body = {}) {
    return this.#json("POST", path, body);
  }

  /** Open a stream of events; the caller reads the body. */
  async stream(path, { lastId = null, signal }) {
    const headers = { Accept: "text/event-stream" };
    if (lastId !== null) headers["Last-Event-ID"] = String(lastId);
    return this.#send("GET", path, { headers, signal });
  }

  /** Whether the server answers at all: one request that fails, or a proxy that cuts streams, says little. */
  isThere() {
    this.#asking ??= this.#ask().finally(() => (this.#asking = null));
    return this.#asking;
  }

  async #ask() {
    try {
      const answer = await fetch("/v1/health", { cache: "no-store", signal: AbortSignal.timeout(5000) });
      this.#noteAway(!answer.ok);
      return answer.ok;
    } catch {
      this.#noteAway(true);
      return false;
    }
  }

  async #json(method, path, body) {
    const headers = body === undefined ? {} : { "Content-Type": "application/json" };
    const signal = AbortSignal.timeout(PATIENCE);
    const answer = await this.#send(method, path, { headers, body: body && JSON.stringify(body), signal });
    return answer.status === 204 ? null : answer.json();
  }

  async #send(method, path, { headers, body, signal }) {
    let answer;
    try {
      const all = { Accept: "application/json", ...headers, Authorization: `Bearer ${this.#key}` };
      answer = await fetch(path, { method, headers: all, body, signal, cache: "no-store" });
    } catch (error) {
      if (error.name === "AbortError") throw error;
      this.isThere();
      throw new Unreachable();
    }
    const problem = answer.headers.get("Content-Type")?.startsWith("application/problem+json");
    const away = AWAY.has(answer.status) && !problem; // a proxy answers for a server that does not
    if (away) {
      this.isThere();
      throw new Unreachable();
    }
    this.#noteAway(false);
    if (answer.status === 401) this.dispatchEvent(new Event("refused"));
    if (!answer.ok) throw new ApiProblem(answer.status, await readProblem(answer));
    return answer;
  }

  #noteAway(away) {
    if (away === this.#away) return;
    this.#away = away;
    this.dispatchEvent(new Event(away ? "away" : "back"));
  }
}

async function readProblem(answer) {
  try {
    return (await answer.json()) ?? {};
  } catch {
    return {}; // an answer that is no problem document: the status has to do
  }
}

// Scripts that the customer has agreed to by a click: run in this page, once, and only where the click was made.

import { freshId } from "./ids.js";

const AGREED = "deskhand.agreed-scripts";
const ADDRESS = /^\/scripts\/[0-9a-f]{64}\.mjs$/;
const LARGEST_RESULT = 65_536;
const LONGEST_ERROR = 10_000;
const PAUSES = [1000, 2000, 4000, 8000, 16_000];

/** Runs what is agreed to when the server asks for it, and reports what came of it. */
export class Scripts {
  #conversation;
  #agreed = new Set(readAgreed());
  #begun = new Set();

  constructor(conversation) {
    this.#conversation = conversation;
    for (const change of ["entries", "record"]) conversation.addEventListener(change, () => this.#look());
  }

  /** The customer has clicked a button of this run: should a script follow, this page runs it. */
  agree(run) {
    this.#agreed.add(run);
    storeAgreed(this.#agreed);
    this.#look();
  }

  #look() {
    const { id, entries, record } = this.#conversation;
    const run = record?.runs?.find((one) => one.waiting === "browser" && this.#agreed.has(one.id));
    const asked = run && entries.findLast((one) => one.kind === "run_in_browser" && one.run === run.id);
    if (!asked || this.#begun.has(asked.body.question)) return;
    // before it runs: a page that is loaded anew in the middle of it must not run it a second time
    this.#begun.add(asked.body.question);
    this.#agreed.delete(run.id);
    storeAgreed(this.#agreed);
    this.#run(id, asked.body, record.language);
  }

  async #run(conversation, { question, script, inputs }, language) {
    const deskhand = Object.freeze({ conversation, language });
    const result = await resultOf(script, inputs, deskhand);
    const refused = await this.#report(conversation, { question, ...result });
    if (refused && result.ok) {
      const error = `The page’s result was refused: ${refused.message}`.slice(0, LONGEST_ERROR);
      await this.#report(conversation, { question, ok: false, error, milliseconds: result.milliseconds });
    }
  }

  /** Post a result, again and again where nobody answers; gives the problem of one that the server does not take. */
  async #report(conversation, result) {
    const body = { ...result, event_id: freshId() };
    for (const pause of [...PAUSES, null]) {
      try {
        await this.#conversation.send("browser-results", body, conversation);
        return null;
      } catch (problem) {
        if (problem.status < 500) return [400, 413, 422].includes(problem.status) ? problem : null;
        if (pause === null) return null; // the server gives it up by itself
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
  }
}

async function resultOf(script, inputs, deskhand) {
  const began = performance.now();
  const took = () => ({ milliseconds: Math.round(performance.now() - began) });
  try {
    if (!ADDRESS.test(script)) throw new TypeError("That is no script of this server.");
    const { default: run } = await import(script);
    const value = asJson((await run(structuredClone(inputs), deskhand)) ?? null);
    return { ok: true, value, ...took() };
  } catch (error) {
    return { ok: false, error: inWords(error).slice(0, LONGEST_ERROR), ...took() };
  }
}

/** The value as JSON has it. Raises where it has no such form, or too long a one. */
function asJson(value) {
  const text = JSON.stringify(value);
  if (text === undefined) throw new TypeError("The script’s result is no JSON value.");
  if (text.length > LARGEST_RESULT) throw new RangeError(`The script’s result is larger than ${LARGEST_RESULT} characters.`);
  return JSON.parse(text);
}

function inWords(error) {
  if (error instanceof Error) return `${error.name}: ${error.message}`;
  return error !== null && typeof error === "object" ? "It threw an object that is no Error." : String(error);
}

function readAgreed() {
  try {
    return JSON.parse(sessionStorage.getItem(AGREED) ?? "[]");
  } catch {
    return []; // without storage an agreement lasts until the next reload
  }
}

function storeAgreed(runs) {
  try {
    sessionStorage.setItem(AGREED, JSON.stringify([...runs]));
  } catch {
    // as above
  }
}

// Scripts that the customer has agreed to by a click: run in this page, once, and only where the click was made.

import { find, freeze, has, json, read, setTimeout, some, stringify } from "./natives";
import { save, tabStorage } from "./shelf";
import type { Entry } from "./types";
import type { View } from "./view";

const LARGEST_RESULT = 65_536;
const LONGEST_ERROR = 10_000;
const USUAL = 30_000;

export interface Scripts {
  /** A button was clicked here: the next script of this conversation may run in this tab. */
  agreed(entry: Entry): void;
  /** Run what came and was agreed to. */
  look(): void;
}

/** What this tab knows: the question that was answered in it by a click, and the scripts that it has begun. */
interface Known {
  clicked?: string | undefined;
  ran: string[];
}

const KNOWN = "deskhand:scripts";

export function createScripts(view: View): Scripts {
  // beyond a reload of this tab: the click that was made before it counts, the script that ran before it has run
  let known = read<Known>(tabStorage?.getItem(KNOWN)) ?? { ran: [] };
  const write = (next: Known) => {
    known = next;
    save(tabStorage, KNOWN, json(next));
  };

  async function run({ at, body: { question = "", script = "", inputs = {}, until } }: Entry) {
    const began = performance.now();
    const limit = until ? until - Date.parse(at) : USUAL;
    const late = new Promise((_, fail) => setTimeout(() => fail("TimeoutError"), limit));
    const report = async (result: Record<string, unknown>) => {
      view.emit("result", { question, ...result });
      return view.visit.send("browser-results", {
        question,
        ...result,
        milliseconds: Math.round(performance.now() - began),
      });
    };
    const fail = (error: string) => report({ ok: false, error: error.slice(0, LONGEST_ERROR) });
    try {
      const text = stringify((await Promise.race([start(script, inputs), late])) ?? null);
      if (!text || text.length > LARGEST_RESULT) throw new TypeError(`no JSON of at most ${LARGEST_RESULT} characters`);
      const refused = await report({ ok: true, value: read(text) });
      if (refused) fail(refused);
    } catch (error) {
      fail(`${error}`);
    }
  }

  async function start(script: string, inputs: unknown) {
    const [path] = /\bscripts\/[0-9a-f]{64}\.mjs$/.exec(script) ?? [];
    // beside the dashboard a script could do what the member who clicks may do there
    if (!path || view.server.startsWith(`${location.origin}/`)) throw new TypeError("no script here");
    const { default: act } = await import(/* @vite-ignore */ view.server + path);
    const { locale, state, open, close, note } = view;
    return act(
      structuredClone(inputs),
      freeze({ conversation: state.conversation, language: locale, open, close, say: note }),
    );
  }

  /** Whether things have gone on without it, by the service's clock. */
  const isLate = (until = Infinity) => some(view.state.entries, ({ at }) => Date.parse(at) > until);

  return {
    agreed: ({ body }) => write({ ...known, clicked: body.question }),
    look() {
      const { clicked, ran } = known;
      const { entries, settings } = view.state;
      let here = false;
      const asked = find(entries, ({ kind, body }) => {
        // a click that was made elsewhere leads to what runs there
        if (body.question && (kind === "clicked" || body.question === clicked)) here = body.question === clicked;
        return here && kind === "run_in_browser" && !has(ran, body.question) && !isLate(body.until);
      });
      if (!asked || settings.scripts === false) return;
      write({ ran: [...ran, `${asked.body.question}`] }); // before it runs: a reload in the middle of it must not run it again
      run(asked);
    },
  };
}

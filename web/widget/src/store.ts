// What is known of the conversation, the same in every tab: the log, its standing, and what is on its way.

import { assign, each, filter, find, has, push, some } from "./natives";
import type { Shelf } from "./shelf";
import type { Body, Entry, Item, Settings, Standing } from "./types";

/** What a tab tells the others; each takes it in as the leader did. */
export interface News {
  /** Another conversation; empty for none yet. */
  conversation?: string;
  entries?: Entry[];
  standing?: Standing | null;
  /** What the agent has written so far. */
  writing?: string;
  /** Members who are typing. */
  typing?: string[];
  settings?: Settings;
  /** Nobody answers. */
  away?: boolean;
  /** Queued, taken in (`seq`) or refused (`failed`). */
  items?: Item[];
  /** An item that is no longer on its way. */
  gone?: string;
  /** Try again now what waits for another try. */
  again?: boolean;
  /** Another tab has forgotten the customer. */
  over?: boolean;
}

export interface State {
  conversation: string;
  entries: Entry[];
  standing: Standing | null;
  writing: string;
  typing: string[];
  settings: Settings;
  away: boolean;
  items: Item[];
}

export interface Store {
  state: State;
  take(news: News): void;
  /** Why an item was refused or removed, as soon as that is known; empty when it was taken in. */
  settled(item: Item): Promise<string>;
}

/** The entry that an item becomes, and what both have in common. */
const BECOMES: Partial<Record<Item["kind"], [kind: string, ...same: (keyof Body)[]]>> = {
  messages: ["said", "text"],
  clicks: ["clicked", "question", "choice"],
  forms: ["form_submitted"],
  components: ["component_done", "question"],
  feedback: ["feedback", "about", "reaction"],
};
const PLAIN = ["standing", "writing", "typing", "settings", "away"] as const;

const textOf = (value: unknown) => `${value ?? ""}`.trim();

/** Whether an entry seems to be what became of an item. */
function isThat({ kind, body, seen, after }: Item, entry: Entry): boolean {
  const [becomes, ...same] = BECOMES[kind] ?? [];
  const differs = () => some(same, key => textOf(body[key]) !== textOf(entry.body[key]));
  return !seen && becomes === entry.kind && entry.seq > after && !differs();
}

export function createStore(shelf: Shelf): Store {
  const waiting = new Map<string, (why: string) => void>();
  const { conversation = "", settings = {} } = shelf.memory();
  const nothing = { entries: [], standing: null, writing: "", typing: [] };
  const state: State = { ...nothing, conversation, settings, away: false, items: shelf.items() };
  const newest = () => state.entries.at(-1)?.seq ?? 0;

  function settle({ id }: Item, why: string) {
    waiting.get(id)?.(why);
    waiting.delete(id);
  }

  function drop(item: Item) {
    shelf.drop(item.id);
    state.items = filter(state.items, one => one !== item);
  }

  // the service has it, and the log shows it or never will
  const over = ({ kind, seq, seen }: Item) => seq && (seen || !BECOMES[kind] || seq <= newest());

  function takeEntries(list: Entry[]) {
    const known = state.entries;
    const fresh = filter(list, one => !some(known, ({ seq }) => seq === one.seq));
    state.entries = [...known, ...fresh].sort((one, other) => one.seq - other.seq);
    each(fresh, entry => {
      if (has(["say", "ask", "replied"], entry.kind)) state.writing = "";
      const item = find(state.items, one => isThat(one, entry));
      if (item) item.seen = true;
    });
  }

  function takeItem(item: Item) {
    const before = find(state.items, one => one.id === item.id);
    state.items = filter(state.items, one => one !== before);
    push(state.items, { ...before, ...item });
    state.items.sort((one, other) => (one.id < other.id ? -1 : 1));
    if (item.failed) settle(item, item.failed);
    if (!item.seq) return;
    shelf.drop(item.id);
    settle(item, "");
  }

  return {
    state,
    take(news) {
      if (news.conversation !== undefined && news.conversation !== state.conversation) {
        assign(state, nothing, { conversation: news.conversation });
      }
      if (news.entries) takeEntries(news.entries);
      each(PLAIN, key => key in news && assign(state, { [key]: news[key] }));
      each(news.items ?? [], takeItem);
      each(filter(state.items, over), drop);
      const gone = find(state.items, one => one.id === news.gone);
      if (!gone) return;
      drop(gone);
      settle(gone, " ");
    },
    settled: item => new Promise(done => waiting.set(item.id, done)),
  };
}

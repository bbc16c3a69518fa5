// One customer's visit in one browser: the session, the stream, and what is sent, shared among the tabs.

import { createPatience } from "./insist";
import type { Link, Problem } from "./link";
import {
  clearTimeout,
  find,
  jitter,
  json,
  map,
  now,
  push,
  queueMicrotask,
  read,
  setTimeout,
  some,
  type Timer,
  uuid,
} from "./natives";
import type { Memory, Shelf } from "./shelf";
import { createStore, type News, type State } from "./store";
import { readEvents } from "./stream";
import { joinTabs, type Tabs } from "./tabs";
import type { Entry, Item, Receipt, Session, Settings, Standing } from "./types";

/** What a conversation begins with. */
export interface Opening {
  locale: string;
  variables?: Record<string, unknown>;
  attributes?: Record<string, unknown>;
}

/** What a visit is made with, and whom it tells. */
export interface Surroundings {
  agent: string;
  link: Link;
  shelf: Shelf;
  opening(): Opening;
  changed(news: News): void;
  /** Something was refused: an item, or (without one) the whole chat. */
  failed(problem: Problem, item?: Item): void;
}

export interface Visit {
  state: State;
  memory(): Memory;
  remember(change: Memory): void;
  /** Open the session, and follow the conversation if there is one. */
  begin(): Promise<unknown>;
  /** Open the session anew where the token of the last one is no longer taken. */
  session(): Promise<unknown>;
  /** Queue what the customer did; `secret` is written nowhere. Gives why the service refused it; empty when it took it. */
  send(kind: Item["kind"], body: Item["body"], secret?: boolean): Promise<string>;
  resend(item: Item): void;
  discard(item: Item): void;
  /** The conversation, opened with the service where it is not yet. */
  ensure(): Promise<string>;
  /** Try again now what waits for another try. */
  wake(): void;
  /** Leave this conversation: the next message begins another. */
  renew(): void;
  /** Let the other tabs forget the customer. */
  forget(): void;
  end(): void;
}

const SOON = 150;
const AGAIN = 1000;
const BUSY = 2500;
const PRESENCE = 15_000;
const FOREVER = 2e9;

const fresh = () => `conv_${uuid()}`;

export function createVisit({ agent, link, shelf, opening, changed, failed }: Surroundings): Visit {
  const store = createStore(shelf);
  const { state } = store;
  const { pause, rouse, insist } = createPatience(gone => {
    if (gone !== state.away) share({ away: gone });
  });
  let tabs: Tabs<News> | undefined;
  let leading = false;
  let following = false;
  let line: AbortController | undefined;
  let sending = false;
  let ended = false;
  let open: Promise<unknown> | null = null;
  let begun: Promise<unknown> | null = null;
  let recheck: Timer;
  const newest = () => state.entries.at(-1)?.seq ?? 0;

  function take(news: News) {
    store.take(news);
    if (news.conversation !== undefined || news.again) line?.abort();
    if (news.again || news.conversation) rouse();
    if (news.items) deliver();
    changed(news);
  }

  function share(news: News) {
    const { conversation } = news;
    if (conversation !== undefined) shelf.remember({ conversation, read: 0 });
    tabs?.tell(news);
    take(news);
  }

  function keep(item: Item) {
    if (!item.secret && !item.seq) shelf.keep(item);
    share({ items: [item] });
  }

  // the session

  const session = () =>
    (open ??= openSession().catch(error => {
      open = null;
      throw error;
    }));

  async function openSession() {
    const first = !link.token;
    const wish = { agent, locale: opening().locale, visitor: shelf.memory().token };
    const { token, settings, conversation } = await link.send<Session>("sessions", wish);
    if (ended) return;
    link.token = token;
    shelf.remember({ token, settings, at: now() });
    share({ settings });
    if (!first || !conversation || state.items[0]) return;
    const { id } = conversation;
    shelf.remember({ opened: id });
    if (id === state.conversation) rouse();
    else share({ conversation: id });
  }

  async function begin() {
    const problem = await insist(session, () => !ended);
    if (!problem) return;
    begun = null;
    failed(problem);
  }

  async function ensure(id = state.conversation || fresh()) {
    if (!state.conversation) share({ conversation: id });
    await session();
    if (shelf.memory().opened === id) return id;
    const page = { url: location.href.replace(/[?#].*/, ""), title: document.title.slice(0, 200) };
    const { locale, ...given } = opening();
    await link.send("conversations", {
      id,
      event_id: id,
      language: locale.replace(/^(\w+(-\w+)?).*/, "$1"),
      page,
      ...given,
    });
    if (id === state.conversation) shelf.remember({ opened: id });
    rouse();
    return id;
  }

  // what this tab does where it leads: it follows the conversation

  async function follow() {
    if (following) return;
    following = true;
    await pause(0);
    deliver();
    while (leading) {
      const id = state.conversation;
      const own = new AbortController();
      line = own;
      if (!id || shelf.memory().opened !== id) await pause(FOREVER);
      else {
        const problem = await insist(
          () => hear(id, own),
          () => !own.signal.aborted,
        );
        if (problem?.status === 404 && id === state.conversation) share({ conversation: "" });
        else await pause(jitter(problem ? PRESENCE : AGAIN));
      }
    }
    following = false;
  }

  async function hear(id: string, own: AbortController) {
    await session();
    let batch: Entry[] = [];
    const heard = (event: string, text: string) => {
      const data = read<Entry & Settings & { text: string; by: string[] }>(text);
      if (!data || id !== state.conversation) return;
      if (event === "writing") share({ writing: data.text });
      if (event === "typing") share({ typing: data.by });
      if (event === "settings") share({ settings: { ...state.settings, ...data } });
      if (event !== "entry" || push(batch, data) > 1) return;
      queueMicrotask(() => {
        if (id === state.conversation) share({ entries: batch });
        batch = [];
        look();
      });
    };
    const asked = link.call("GET", `conversations/${id}/events?after=${newest()}`, null, own.signal);
    const opens = asked.then(answer => {
      share({ away: false });
      look();
      return answer;
    });
    await readEvents(opens, heard, own);
  }

  /** Ask how the conversation stands, soon; several wishes become one. */
  function look(ms = SOON) {
    clearTimeout(recheck);
    const id = state.conversation;
    recheck = setTimeout(async () => {
      const asked = link.call("GET", `conversations/${id}`).then(answer => answer.json());
      const standing: Standing | null = await asked.catch(() => null);
      if (!standing || id !== state.conversation || !leading) return;
      share({ standing });
      if (standing.busy || standing.thinking) look(BUSY);
      else if (standing.mode === "member") look(PRESENCE);
    }, ms);
  }

  // and it brings what all tabs have queued to the service: in order, each as one event however often it is sent

  async function deliver() {
    if (sending) return;
    sending = true;
    for (;;) {
      const item = leading && find(state.items, one => !one.failed && !one.seq);
      if (!item) break;
      const { id, conversation, kind, body } = item;
      const send = async () => {
        await ensure(conversation);
        const attachments = body.attachments && map(body.attachments, one => one.id);
        const { seq } = await link.send<Receipt>(`conversations/${conversation}/${kind}`, {
          ...body,
          attachments,
          event_id: id,
        });
        keep({ ...item, seq });
      };
      const problem = await insist(send, () => leading && some(state.items, one => one.id === id && !one.failed));
      if (problem) refused(item, problem);
    }
    sending = false;
  }

  function refused(item: Item, problem: Problem) {
    if (problem.status !== 404 || item.kind !== "messages" || item.moved) {
      keep({ ...item, failed: problem.message });
      return failed(problem, item);
    }
    // its conversation is gone: what was written goes into another one
    const conversation = (state.conversation !== item.conversation && state.conversation) || fresh();
    share({ conversation });
    keep({ ...item, conversation, moved: true, after: 0 });
  }

  tabs = joinTabs<News>(`deskhand:${shelf.name}`, shelf.shared, {
    heard: take,
    asked: () => tabs?.tell(state),
    leads(now) {
      leading = now;
      if (now) follow();
      else line?.abort();
    },
  });

  return {
    state,
    memory: shelf.memory,
    remember: shelf.remember,
    begin: () => (begun ??= begin()),
    session() {
      if (link.token) open = null;
      return session();
    },
    send(kind, body, secret) {
      const conversation = state.conversation || fresh();
      if (!state.conversation) share({ conversation });
      // plain values: what a page gives may hold what cannot be told to other tabs
      const item: Item = {
        id: uuid(),
        conversation,
        kind,
        body: read(json(body)) as Item["body"],
        after: newest(),
        secret: secret || undefined,
      };
      const settled = store.settled(item);
      keep(item);
      return settled;
    },
    resend({ failed: _, ...item }) {
      share({ gone: item.id });
      keep(item);
    },
    discard: item => share({ gone: item.id }),
    ensure: () => ensure(),
    wake: () => share({ again: true }),
    renew: () => share({ conversation: "" }),
    forget: () => tabs?.tell({ over: true }),
    end() {
      ended = true;
      tabs?.leave();
      line?.abort();
      rouse();
      clearTimeout(recheck);
    },
  };
}

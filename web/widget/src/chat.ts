// One chat on a page: what the host page asks of it and is told, its picture, and the visit behind it.

import type { Chat, ChatOptions, Texts } from "../widget";
import { createTitle, ring } from "./attention";
import { DRAFT } from "./composer";
import { doc } from "./dom";
import { createLink } from "./link";
import { assign, each, fetch, filter, listen, map, now, queueMicrotask, setTimeout } from "./natives";
import { isNews, isShown } from "./rows";
import { createScripts } from "./scripts";
import { createShelf, save, tabStorage } from "./shelf";
import type { News } from "./store";
import { type Own, speaker } from "./texts";
import type { Entry } from "./types";
import { createUi, type Ui } from "./ui";
import type { View } from "./view";
import { createVisit, type Visit } from "./visit";

const FRESH = 600_000;
const SOON = 50;
const ATTENTION = 1000;
/** Until a page that could not say who the customer is gets asked again. */
const AGAIN = 15_000;
const OPEN = "deskhand:open";

export function createChat(options: ChatOptions & { server: string; element?: Element }): Chat {
  const { agent, server, mode = "float" } = options;
  const floats = mode === "float";
  const events = new EventTarget();
  const title = createTitle();
  const life = new AbortController();
  const { signal } = life;
  const given = { variables: options.variables, attributes: options.attributes };
  let own: Own = {};
  let shelf = createShelf(agent);
  let visit: Visit | undefined;
  let ui: Ui;
  let isOpen = !floats || (options.open ?? !!tabStorage?.getItem(OPEN)) !== false;
  let drawing = false;
  let newest = 0;
  let told: string | undefined;
  let unread = 0;
  let turns = 0;
  let entered: Promise<unknown> | undefined;

  const emit = (event: string, detail: object) => events.dispatchEvent(new CustomEvent(event, { detail }));

  const view = {
    link: createLink(
      server,
      () => (visit as Visit).session(),
      () => troubled("identity"),
    ),
    server,
    mode,
    side: options.position,
    theme: options.theme ?? "auto",
    locale: options.locale || doc.documentElement.lang || navigator.language,
    trouble: "",
    elements: new Set(options.elements),
    signal,
    fills: () => matchMedia("(max-width:480px)").matches,
    emit,
    redraw() {
      if (!drawing) queueMicrotask(draw);
      drawing = true;
    },
    click: (question, choice) => (visit as Visit).send("clicks", { question, choice }),
    menu(make) {
      const { standing, settings } = view.state;
      return map(standing?.menu ?? settings.menu ?? [], one => make(one.name, () => view.click("menu", one.procedure)));
    },
    agreed: entry => scripts.agreed(entry),
    open: () => toggle(true),
    close: () => toggle(false),
    focus: () => ui.panel?.focus(),
    note: text => ui.panel?.note(text),
  } satisfies Omit<View, "visit" | "state" | "say"> as unknown as View;
  const { link, redraw, open } = view;
  const scripts = createScripts(view);

  // the picture

  function build() {
    const { target, element } = options;
    ui?.destroy();
    view.say = speaker(view.locale, own);
    ui = createUi(view, element ?? (typeof target === "string" ? doc.querySelector(target) : target), floats, () =>
      toggle(!isOpen),
    );
    if (visit) ui.show(isOpen);
  }

  function draw() {
    drawing = false;
    if (!visit || signal.aborted) return;
    const { entries } = visit.state;
    const last = entries.at(-1)?.seq ?? 0;
    const { read = 0, sound } = visit.memory();
    const seen = isOpen && !doc.hidden;
    if (seen && last > read) visit.remember({ read: last });
    const count = seen ? 0 : filter(entries, one => one.seq > read && isNews(one)).length;
    if (count > unread && sound) ring();
    if (count !== unread) emit("unread", { count });
    unread = count;
    title(count);
    ui.draw(count);
    scripts.look();
  }

  function toggle(wanted: boolean) {
    if (wanted === isOpen || !floats) return visit && ui.panel?.focus();
    isOpen = wanted;
    save(tabStorage, OPEN, wanted ? "1" : "");
    if (visit && isOpen) visit.begin();
    if (visit) ui.show(isOpen, true);
    emit(isOpen ? "open" : "close", {});
  }

  // what happens

  function tell(entry: Entry) {
    const { kind, seq, body } = entry;
    const { choice, text = choice, by, offer, name, available } = body;
    if (text && isShown(entry))
      emit("message", { seq, from: !isNews(entry) ? "customer" : by ? "member" : "agent", text, by });
    if (kind === "offer") emit(kind, { offer, name, text });
    if (kind === "handed_over") emit("handover", { available });
  }

  function changed({ entries = [], settings, conversation, over }: News) {
    if (over) return forget();
    if (conversation !== undefined && conversation !== told) newest = 0;
    told = conversation ?? told;
    each(
      filter(entries, ({ seq }) => seq > newest),
      entry => {
        newest = entry.seq;
        tell(entry);
      },
    );
    if (settings) view.trouble = "";
    redraw();
  }

  /** Nobody is here any more: what this browser knows of the customer goes. */
  function forget() {
    visit?.end();
    visit = undefined;
    shelf.clear();
    createShelf(agent).clear();
    save(tabStorage, DRAFT, "");
    chat.identify(null);
    build();
  }

  function troubled(trouble: View["trouble"]) {
    view.trouble = trouble;
    if (trouble === "identity") emit("identity-needed", {});
    redraw();
  }

  // whose visit it is

  async function enter() {
    const turn = ++turns;
    const user = await link.user().catch(() => {
      emit("identity-needed", {});
      setTimeout(() => turn === turns && enter(), AGAIN);
      return visit ? null : "";
    });
    if (turn !== turns || signal.aborted || user === null) return;
    const name = user ? `${agent}:${user}` : agent;
    view.trouble = "";
    if (visit && name === shelf.name) return visit.wake();
    const before = shelf;
    visit?.end();
    shelf = createShelf(name);
    // whoever signs in while talking goes on talking
    if (user && before.name === agent && !shelf.memory().conversation) {
      each(before.items(), shelf.keep);
      shelf.remember(before.memory());
      before.clear();
    }
    link.token = "";
    visit = createVisit({
      agent,
      link,
      shelf,
      opening: () => ({ locale: view.locale, ...given }),
      changed,
      failed(problem, item) {
        const { status, message } = problem;
        emit("error", { status, message });
        if (!item) troubled("refused");
        else if (item.kind !== "messages") {
          visit?.discard(item);
          view.note(status === 409 ? view.say("gone") : message);
        }
      },
    });
    const { state, begin } = visit;
    const { read = 0, opened, at = 0 } = visit.memory();
    newest = read;
    assign(view, { visit, state });
    isOpen &&= !floats || !view.fills() || !!options.open;
    if (ui.panel) build();
    else ui.show(isOpen);
    redraw();
    emit("ready", { conversation: state.conversation });
    // who has never talked needs nothing yet but the settings, and those not every time
    if (isOpen || opened || state.items[0] || now() - at > FRESH) setTimeout(() => signal.aborted || begin(), SOON);
  }

  async function language(locale: string, texts: Texts | string = {}) {
    const same = locale === view.locale;
    view.locale = locale;
    own =
      typeof texts === "string"
        ? await fetch(texts)
            .then(answer => answer.json())
            .catch(() => ({}))
        : texts;
    build();
    if (!same) soon(({ session }) => session().catch(() => null));
  }

  /** Do this as soon as it is known whose visit it is. */
  const soon = (act: (visit: Visit) => unknown) => entered?.then(() => visit && act(visit));

  /** What the page says goes into the conversation that is there; into later ones with their beginning. */
  const giving = (what: "attributes" | "variables") => (values: object) => {
    given[what] = { ...given[what], ...values };
    soon(({ state, send }) => state.conversation && send("variables", { [what]: values }));
  };

  const chat: Chat = {
    open,
    close: view.close,
    send(text) {
      open();
      soon(({ send }) => send("messages", { text: `${text}` }));
    },
    start(procedure, variables = {}) {
      open();
      soon(({ send }) => send("start", { procedure, arguments: variables }));
    },
    identify(identity) {
      link.identify(identity);
      entered = enter();
    },
    set: giving("attributes"),
    variables: giving("variables"),
    locale: language,
    theme(theme) {
      view.theme = theme;
      redraw();
    },
    element: name => view.elements.add(name),
    on: (event, heard) => events.addEventListener(event, heard as EventListener),
    off: (event, heard) => events.removeEventListener(event, heard as EventListener),
    reset() {
      visit?.forget();
      forget();
    },
    destroy() {
      life.abort();
      visit?.end();
      ui.destroy();
      title(0);
    },
  };

  // a page that throws its content away, and the chat's element with it, gets it back
  function attend() {
    if (signal.aborted) return;
    if (!ui.host.isConnected && !options.element) build();
    setTimeout(attend, ATTENTION);
  }

  build();
  attend();
  const woken = () => visit?.wake();
  listen(window, "online", woken, { signal });
  listen(window, "offline", redraw, { signal });
  listen(doc, "visibilitychange", redraw, { signal });
  if (options.texts) language(view.locale, options.texts);
  chat.identify(options.identity ?? null);
  return chat;
}

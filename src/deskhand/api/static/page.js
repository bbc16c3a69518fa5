// The page at /: signs in, puts the parts together, and follows the address.

import { Approvals } from "./approvals.js";
import { Assistant } from "./assistant.js";
import { Cards } from "./cards.js";
import { Chat } from "./chat.js";
import { showChoices } from "./choices.js";
import { Client } from "./client.js";
import { setUpComposer } from "./composer.js";
import { watchConnection } from "./connection.js";
import { Conversation } from "./conversation.js";
import { byId } from "./dom.js";
import { Hello } from "./hello.js";
import { listenForHints } from "./hints.js";
import { drawIcons } from "./icons.js";
import { Menu } from "./menu.js";
import { Offers } from "./offers.js";
import { Outbox } from "./outbox.js";
import { putPhrases } from "./phrases.js";
import { Recent } from "./recent.js";
import { Records } from "./records.js";
import { Scripts } from "./scripts.js";
import { keyFromAddress, readSession, storeKey } from "./session.js";
import { signIn, signOut } from "./sign_in.js";
import { Standing } from "./standing.js";
import { StepBook } from "./steps.js";
import { setUpTheme } from "./theme.js";
import { Thumbs } from "./thumbs.js";
import { keepTimeLeft } from "./time.js";
import { Timeline } from "./timeline.js";
import { setUpViews, showView } from "./views.js";

const CONVERSATION = /^#(conv_[\w-]+)$/;

async function start() {
  drawIcons();
  putPhrases();
  setUpTheme();
  const session = await untilThere(readSession);
  takeKeysFromAddress();
  const { key, me, typed } = await signIn(session);
  const client = new Client(key);
  client.addEventListener("refused", () => signOut("This key is no longer valid."), { once: true });
  byId("workspace").textContent = me.workspace.name;
  byId("sign-out").hidden = !typed;
  byId("sign-out").addEventListener("click", () => signOut());
  byId("shop").hidden = !session.shop;
  if (session.shop) byId("shop").href = session.shop;
  byId("starting").hidden = true;
  byId("desk").hidden = false;
  await putTogether(client, me, session);
}

async function putTogether(client, me, session) {
  const conversation = new Conversation(client);
  const outbox = new Outbox(conversation);
  const book = new StepBook(client);
  const menu = new Menu(conversation, outbox);
  const chat = new Chat(conversation, outbox, {
    cards: new Cards(conversation, outbox, new Scripts(conversation)),
    offers: new Offers(conversation, outbox),
    thumbs: new Thumbs(conversation),
    menu,
  });
  const approvals = new Approvals(client, conversation, showView);
  const timeline = new Timeline(client, conversation, book, approvals);
  const hello = new Hello(client, conversation, outbox, menu, session);
  const records = new Records(client);
  const recent = new Recent(client, conversation);
  const assistant = new Assistant(client, conversation);
  new Standing(conversation);
  showChoices(conversation, outbox, chat);
  setUpComposer(outbox);
  setUpViews(() => records.read());
  keepTimeLeft();
  followAddress(conversation);

  const readAll = () => Promise.all([hello.read(), timeline.readNames(), approvals.read(), recent.read(), records.read(), assistant.read()]);
  const nudge = listenForHints(client, me.workspace.id, (hint) => {
    approvals.read();
    records.read();
    recent.read();
    if (!hint || (hint.conversation === conversation.id && !conversation.following)) conversation.catchUp();
  });
  watchConnection(client, () => {
    nudge();
    conversation.catchUp();
    readAll();
  });
  await Promise.all([conversation.open(CONVERSATION.exec(location.hash)?.[1] ?? null), readAll()]);
}

/** A link with a key that is opened while the page stands already: begin again with that key. */
function takeKeysFromAddress() {
  window.addEventListener("hashchange", () => {
    const key = keyFromAddress();
    if (!key) return;
    storeKey(key);
    location.reload();
  });
}

/** The address names the conversation: a reload and a shared link show the same one. */
function followAddress(conversation) {
  const fromAddress = () => CONVERSATION.exec(location.hash)?.[1] ?? null;
  window.addEventListener("hashchange", () => {
    if (fromAddress() !== conversation.id) conversation.open(fromAddress());
  });
  conversation.addEventListener("made", () => history.replaceState(null, "", `#${conversation.id}`));
  conversation.addEventListener("lost", () => history.replaceState(null, "", location.pathname));
  byId("new-conversation").addEventListener("click", () => {
    history.pushState(null, "", location.pathname);
    conversation.open(null);
    showView("chat");
    byId("message").focus();
  });
}

async function untilThere(read) {
  for (let wait = 500; ; wait = Math.min(wait * 2, 8000)) {
    try {
      return await read();
    } catch {
      byId("starting").textContent = "Deskhand doesn’t answer yet. Trying again …";
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}

start();

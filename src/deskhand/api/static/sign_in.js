// Getting a key that works: the demo's, one from the address, the tab's, or one that somebody types.

import { Client } from "./client.js";
import { byId } from "./dom.js";
import { forgetKey, keyFromAddress, storeKey, storedKey } from "./session.js";

const WHY = "deskhand.signed-out";

/** Gives `{key, me, typed}`; asks for a key as long as none works. */
export async function signIn(session) {
  const fromAddress = keyFromAddress();
  const candidates = fromAddress ? [fromAddress] : [storedKey(), session.key].filter(Boolean);
  let problem = takeWhy();
  for (const key of candidates) {
    const me = await check(key);
    if (me.workspace) return accept(key, me, session);
    problem = me.problem;
  }
  return ask(session, problem);
}

/** Forget the key and ask for another; the reason is shown in the form. */
export function signOut(why = "") {
  forgetKey();
  try {
    sessionStorage.setItem(WHY, why);
  } catch {
    // the form then asks without saying why
  }
  location.reload(); // nothing of what the key allowed to see stays in memory
}

async function check(key) {
  try {
    return await new Client(key).get("/v1/me");
  } catch (error) {
    return { problem: error.status === 401 ? "Deskhand doesn’t know this key." : error.message };
  }
}

function accept(key, me, session) {
  const typed = key !== session.key;
  if (typed) storeKey(key);
  return { key, me, typed };
}

function ask(session, problem) {
  const form = byId("sign-in");
  const field = byId("key");
  const tell = (sentence) => {
    byId("key-problem").textContent = sentence;
    field.setAttribute("aria-invalid", Boolean(sentence));
  };
  byId("starting").hidden = true;
  form.hidden = false;
  tell(problem);
  field.focus();
  return new Promise((resolve) => {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const key = field.value.trim();
      const me = key ? await check(key) : { problem: "Please paste a key: it begins with dh_." };
      if (!me.workspace) {
        tell(me.problem);
        field.focus();
        return;
      }
      form.hidden = true;
      field.value = "";
      resolve(accept(key, me, session));
    });
  });
}

function takeWhy() {
  try {
    const why = sessionStorage.getItem(WHY) ?? "";
    sessionStorage.removeItem(WHY);
    return why;
  } catch {
    return "";
  }
}

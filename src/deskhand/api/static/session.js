// Who this page speaks for: a key from the local demo, from the address bar, or typed in.

const STORED = "deskhand.key";

/** What the server says about itself: `{key, demo, shop}`. Raises where it cannot be reached. */
export async function readSession() {
  const answer = await fetch("/session.json", { cache: "no-store" });
  if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
  return answer.json();
}

/** The key in `#key=dh_…`, which is taken out of the address bar and out of the history at once. */
export function keyFromAddress() {
  const found = /^#key=(.+)$/.exec(location.hash);
  if (!found) return null;
  history.replaceState(null, "", location.pathname + location.search);
  return decodeURIComponent(found[1]);
}

/** The key that was used in this tab before. */
export function storedKey() {
  return readStorage();
}

export function storeKey(key) {
  try {
    sessionStorage.setItem(STORED, key);
  } catch {
    // Without storage the key lasts until the next reload.
  }
}

export function forgetKey() {
  try {
    sessionStorage.removeItem(STORED);
  } catch {
    // nothing was stored
  }
}

function readStorage() {
  try {
    return sessionStorage.getItem(STORED);
  } catch {
    return null;
  }
}

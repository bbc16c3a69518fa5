// A browser opens six connections to a server at most, whatever the number of windows: streams must not use them up.

const NAME = "deskhand.conversation-stream";

/** The right to hold a conversation's stream, for one window at a time: a function that gives it back, or null. */
export async function takeSlot() {
  if (!navigator.locks) return () => {};
  return new Promise((resolve) => {
    navigator.locks.request(NAME, { ifAvailable: true }, (lock) => {
      if (!lock) return resolve(null);
      return new Promise((release) => resolve(release)); // held until it is called
    });
  });
}

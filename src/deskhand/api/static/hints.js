// "Something changed in that conversation": the workspace's stream, held once per browser.
//
// One window holds the stream under a lock and passes the hints on; when it closes, the next in line takes over.

import { Stream } from "./stream.js";

/** Call `onHint({conversation, seq})` for every change, and `onHint(null)` when some may have been missed. */
export function listenForHints(client, workspace, onHint) {
  const stream = (tell) =>
    new Stream(client, "/v1/events", {
      onEvent: ({ event, data }) => event === "changed" && tell(data),
      onOpen: () => tell(null),
    });
  if (!navigator.locks || !window.BroadcastChannel) {
    const own = stream(onHint);
    own.start();
    return () => own.nudge();
  }
  const channel = new BroadcastChannel(`deskhand.hints.${workspace}`);
  channel.onmessage = ({ data }) => onHint(data);
  let held = null;
  navigator.locks.request(`deskhand.hints.${workspace}`, () => {
    held = stream((hint) => {
      onHint(hint);
      channel.postMessage(hint);
    });
    held.start();
    return new Promise(() => {}); // held until this window closes
  });
  return () => held?.nudge();
}

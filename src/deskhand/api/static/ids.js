// Identifiers that this page makes.

/** A fresh identifier for an event: sent again with it, the event is still one event. */
export function freshId() {
  // randomUUID exists only on https and loopback
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

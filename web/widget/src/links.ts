// Where a link may lead, whoever wrote it.

/** The address as a browser opens it, or null: nothing but the web, mail and phone, and never relative to the host page. */
export function safe(address: unknown): URL | null {
  try {
    const url = new URL(`${address}`);
    return /^(https?|mailto|tel):$/.test(url.protocol) ? url : null;
  } catch {
    return null;
  }
}

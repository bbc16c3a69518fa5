/** Origins: the pages that may use an agent's widget. */

/** The origin of what was typed or pasted, a whole address too; null where there is none in it. */
export function originOf(typed: string): string | null {
  const text = typed.trim();
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (!text || /[\s*@\\]/.test(text)) return null;
  try {
    const { protocol, origin, hostname } = new URL(address);
    const named = hostname.includes(".") || hostname === "localhost" || hostname.startsWith("[");
    return /^https?:$/.test(protocol) && named ? origin : null;
  } catch {
    return null;
  }
}

/** What was typed with each origin as browsers send it; what is none stays as it is, to be corrected. */
export function originsOf(typed: readonly string[]): string[] {
  return [...new Set(typed.map(one => originOf(one) ?? one.trim()))].filter(Boolean);
}

export function isOrigin(text: string): boolean {
  return originOf(text) === text;
}

/** Texts that customers read: one, or one for each language. */

export type Said = string | { readonly [language: string]: string };

/** What customers may be spoken to in; the service takes any other one too. */
export const OFFERED = ["en", "de", "fr", "es", "it", "nl", "pl", "pt"] as const;

/** The version for a language, as the service chooses it: the exact one, its first two letters, English, the first. */
export function inLanguage(said: Said, language: string): string {
  if (typeof said === "string") return said;
  for (const wanted of [language, language.slice(0, 2), "en"]) {
    const found = said[wanted];
    if (found !== undefined) return found;
  }
  return Object.values(said)[0] ?? "";
}

/** The same without what is empty; a plain text where one version is left. */
export function tidied(said: Said): Said {
  if (typeof said === "string") return said.trim();
  const left = Object.entries(said)
    .map(([language, text]) => [language, text.trim()] as const)
    .filter(([, text]) => text !== "");
  return left.length > 1 ? Object.fromEntries(left) : (left[0]?.[1] ?? "");
}

/** The languages that these texts have versions in. */
export function languagesOf(texts: readonly Said[]): string[] {
  return [...new Set(texts.flatMap(said => (typeof said === "string" ? [] : Object.keys(said))))];
}

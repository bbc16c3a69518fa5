/** Slugs: what things are called in addresses. */

const LETTERS: Readonly<Record<string, string>> = { ä: "ae", ö: "oe", ü: "ue", ß: "ss" };
const LONGEST = 64;

/** A slug made of a name; empty where the name has no letter that can stand in one. */
export function slugOf(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[äöüß]/g, letter => LETTERS[letter] ?? "")
    .normalize("NFKD")
    .replace(/[^a-z0-9]+/g, "-");
  return plain.slice(0, LONGEST).replace(/^-+|-+$/g, "");
}

/** A slug made of a name that nothing has yet. */
export function freeSlug(name: string, taken: readonly string[], otherwise: string): string {
  const base = slugOf(name) || otherwise;
  for (let number = 1; ; number += 1) {
    const slug = number === 1 ? base : `${base.slice(0, LONGEST - 6)}-${number}`;
    if (!taken.includes(slug)) return slug;
  }
}

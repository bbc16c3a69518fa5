/** Names for what browsers say of themselves: near enough for somebody to recognise their own. */

const BROWSERS = [
  ["Edge", /Edg(e|A|iOS)?\//],
  ["Opera", /OPR\//],
  ["Firefox", /(Firefox|FxiOS)\//],
  ["Chrome", /(Chrome|CriOS|Chromium)\//],
  ["Safari", /Safari\//],
  ["curl", /^curl\//],
] as const;

const SYSTEMS = [
  ["iPhone", /iPhone/],
  ["iPad", /iPad/],
  ["Android", /Android/],
  ["Windows", /Windows/],
  ["macOS", /Mac OS X|Macintosh/],
  ["ChromeOS", /CrOS/],
  ["Linux", /Linux|X11/],
] as const;

/** The browser and the system behind a `User-Agent`; null where it is none that is known. */
export function browserOf(agent: string): { readonly browser: string | null; readonly system: string | null } {
  return { browser: first(BROWSERS, agent), system: first(SYSTEMS, agent) };
}

function first(known: readonly (readonly [string, RegExp])[], agent: string): string | null {
  return known.find(([, sign]) => sign.test(agent))?.[0] ?? null;
}

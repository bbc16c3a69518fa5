/** What the general settings offer. */

/** Every time zone that the browser knows, and UTC, which not every browser counts as one. */
export const ZONES: string[] = [...new Set(["UTC", ...Intl.supportedValuesOf("timeZone")])];

const SPOKEN = ["en", "de"];

/** The languages that Deskhand's own sentences are in, and the one that is set, by their names in the viewer's. */
export function languageChoices(current: string, viewer: string): { value: string; label: string }[] {
  const names = new Intl.DisplayNames(viewer, { type: "language" });
  const values = SPOKEN.includes(current) ? SPOKEN : [current, ...SPOKEN];
  return values.map(value => ({ value, label: names.of(value) ?? value }));
}

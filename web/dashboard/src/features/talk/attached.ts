/** Files that came with a message. */

import { type Language, regional } from "../../i18n/texts";
import { type Entry, objects, text } from "./entries";

export interface Attached {
  readonly id: string;
  readonly name: string;
  /** A media type, as the server found it by the content. */
  readonly type: string;
  /** In bytes. */
  readonly size: number;
}

export function filesOf(entry: Pick<Entry, "body">): Attached[] {
  return objects(entry, "attachments").map(file => ({
    id: String(file.id ?? ""),
    name: String(file.name ?? ""),
    type: String(file.type ?? ""),
    size: Number(file.size ?? 0),
  }));
}

/** What was written beside the files: where nothing was, the server keeps their names as the text. */
export function wordsBeside(entry: Pick<Entry, "body">): string {
  const names = filesOf(entry).map(file => file.name);
  const words = text(entry, "text");
  return names.length > 0 && words === names.join(", ") ? "" : words;
}

/** Where a file is, as a download. */
export function addressOf(conversation: string, file: Attached): string {
  return `/v1/conversations/${encodeURIComponent(conversation)}/attachments/${encodeURIComponent(file.id)}`;
}

/** `PDF`, `PNG`, `TXT`, …: what people call a type. */
export function typeText(type: string): string {
  const [, sub = ""] = type.split(/[/;]/);
  return sub === "plain" ? "TXT" : sub.toUpperCase();
}

const UNITS = ["byte", "kilobyte", "megabyte"] as const;

/** `812 byte`, `1.4 MB`: in thousands, as browsers and mail programs count. */
export function sizeText(bytes: number, language: Language): string {
  const at = bytes < 1000 ? 0 : bytes < 999_500 ? 1 : 2;
  const value = bytes / 1000 ** at;
  const format = { style: "unit", unit: UNITS[at], maximumFractionDigits: at === 2 ? 1 : 0 } as const;
  return new Intl.NumberFormat(regional(language), format).format(value);
}

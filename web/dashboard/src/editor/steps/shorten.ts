/** Texts on a node: the customer's in one language, on one line. */

import { anyText } from "../panel";

export function oneLine(value: unknown): string {
  return anyText(value).replace(/\s+/g, " ").trim();
}

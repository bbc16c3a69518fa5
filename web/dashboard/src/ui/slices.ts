/** Long lists that are there already, shown a part at a time. */

import { useState } from "react";

/** The first rows, and how more of them are shown; undefined at the end. A changed `key` begins anew. */
export function useSlices<Row>(
  rows: readonly Row[],
  key: string,
  size = 100,
): readonly [rows: readonly Row[], more: (() => void) | undefined] {
  const [open, setOpen] = useState({ key, count: size });
  const count = open.key === key ? open.count : size;
  const more = count < rows.length ? () => setOpen({ key, count: count + size }) : undefined;
  return [rows.slice(0, count), more];
}

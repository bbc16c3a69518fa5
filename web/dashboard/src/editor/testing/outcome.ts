/** How ways and visits end: their words and colours. */

import type { PlainKey } from "../../i18n/texts";
import type { testing } from "./texts";

export const OUTCOMES: Readonly<Record<string, { readonly key: PlainKey<typeof testing.en>; readonly color: string }>> =
  {
    completed: { key: "completed", color: "teal" },
    escalated: { key: "escalated", color: "orange" },
    cancelled: { key: "cancelled", color: "gray" },
    failed: { key: "failed", color: "red" },
    waiting: { key: "waiting", color: "desk" },
    endless: { key: "endless", color: "red" },
    passed: { key: "passed", color: "gray" },
  };

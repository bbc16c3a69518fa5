/** How acts and runs stand, as badges that look the same everywhere. */

import { Badge } from "@mantine/core";
import { useTexts } from "../../i18n/language";
import type { PlainKey } from "../../i18n/texts";
import { talk } from "./texts";

type Key = PlainKey<(typeof talk)["en"]>;

const ACTS: Readonly<Record<string, { readonly key: Key; readonly color: string }>> = {
  intended: { key: "status_intended", color: "gray" },
  sent: { key: "status_sent", color: "blue" },
  succeeded: { key: "status_succeeded", color: "green" },
  failed: { key: "status_failed", color: "red" },
  unknown: { key: "status_unknown", color: "orange" },
  lapsed: { key: "status_lapsed", color: "gray" },
};

const RUNS: Readonly<Record<string, { readonly key: Key; readonly color: string }>> = {
  running: { key: "run_running", color: "blue" },
  completed: { key: "run_completed", color: "green" },
  escalated: { key: "run_escalated", color: "orange" },
  cancelled: { key: "run_cancelled", color: "gray" },
  failed: { key: "run_failed", color: "red" },
};

const WAITS: Readonly<Record<string, Key>> = {
  answer: "waiting_answer",
  confirmation: "waiting_confirmation",
  form: "waiting_form",
  click: "waiting_click",
  component: "waiting_component",
  browser: "waiting_browser",
  approval: "waiting_approval",
  effect: "waiting_effect",
  outcome: "waiting_outcome",
  run: "waiting_run",
};

export function ActStatus({ status }: { status: string }) {
  const say = useTexts(talk);
  const known = ACTS[status];
  return <Badge color={known?.color ?? "gray"}>{known ? say(known.key) : status}</Badge>;
}

export function RunStatus({ status, waiting }: { status: string; waiting?: string | null }) {
  const say = useTexts(talk);
  const known = RUNS[status];
  const waits = status === "running" && waiting ? WAITS[waiting] : undefined;
  return <Badge color={known?.color ?? "gray"}>{waits ? say(waits) : known ? say(known.key) : status}</Badge>;
}

/** A command that was understood of the customer's words, in words of ours. */

import type { Say } from "../../i18n/texts";
import { plain } from "../talk/entries";
import type { conversation } from "./texts";

type SayHere = Say<(typeof conversation)["en"]>;

const PLAIN = {
  no_answer: "command_no_answer",
  affirm: "command_affirm",
  decline: "command_decline",
  cancel: "command_cancel",
  resume: "command_resume",
  hand_over: "command_hand_over",
  answer: "command_answer",
  small_talk: "command_small_talk",
  unanswerable: "command_unanswerable",
} as const;

/** `named`: what procedures and actions are called, by their slugs. */
export function understood(
  command: Readonly<Record<string, unknown>>,
  say: SayHere,
  named: ReadonlyMap<string, string>,
): string {
  const name = (slug: unknown) => named.get(String(slug)) ?? String(slug);
  const kind = String(command.kind);
  const given = valuesOf(command);
  const gives = given ? say("gives", { values: given }) : "";
  switch (kind) {
    case "start_procedure":
      return [say("wants", { procedure: name(command.procedure) }), gives].filter(Boolean).join(", ");
    case "use_action":
      return [say("uses", { action: name(command.action) }), gives].filter(Boolean).join(", ");
    case "set_variables":
      return gives;
    case "correct_variable":
      return say("corrects", { variable: String(command.variable), value: plain(command.value) });
    case "clarify":
      return say("command_clarify", {
        between: Array.isArray(command.between) ? command.between.map(name).join(", ") : "",
      });
    default: {
      const known = PLAIN[kind as keyof typeof PLAIN];
      return known ? say(known) : kind;
    }
  }
}

function valuesOf(command: Readonly<Record<string, unknown>>): string {
  const values = typeof command.values === "object" && command.values !== null ? command.values : {};
  return Object.entries(values)
    .map(([name, value]) => `${name} = ${plain(value)}`)
    .join(", ");
}

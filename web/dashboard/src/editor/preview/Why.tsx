/** What the engine made of a message: what was understood, what it refused, which steps it took. */

import type { Entry } from "@deskhand/contract";
import { Text } from "@mantine/core";
import { list, objects, text } from "../../features/talk/entries";
import { useTexts } from "../../i18n/language";
import type { Say } from "../../i18n/texts";
import { preview } from "./texts";

type SayPreview = Say<(typeof preview)["en"]>;

/** One line of reasons; nothing for an entry that holds none. */
export function Why({ entry }: { entry: Entry }) {
  const say = useTexts(preview);
  const told = reason(entry, say);
  if (told === null) return null;
  return (
    <Text fz="xs" c="dimmed" ta="center" style={{ overflowWrap: "anywhere" }} data-why={entry.kind}>
      {told}
    </Text>
  );
}

function reason(entry: Entry, say: SayPreview): string | null {
  switch (entry.kind) {
    case "understood": {
      const commands = objects(entry, "commands").map(one => command(one, say));
      const note = text(entry, "note");
      return `${say("understood")}: ${commands.join(", ") || say("nothing")}${note ? ` (${note})` : ""}`;
    }
    case "steps": {
      const steps = list(entry, "steps");
      return steps.length ? `${say("steps")}: ${steps.join(" → ")}` : null;
    }
    case "guarded":
      return `${say("guarded")}: ${text(entry, "reason")}`;
    case "unanswered":
      return say("unanswered");
    default:
      return null;
  }
}

/** A command in a few words. */
function command(one: Record<string, unknown>, say: SayPreview): string {
  const values = Object.entries(one.values ?? {}).map(([name, value]) => `${name} = ${String(value)}`);
  switch (one.kind) {
    case "start_procedure":
      return say("start_procedure", { what: [String(one.procedure), ...values].join(", ") });
    case "use_action":
      return say("use_action", { what: String(one.action) });
    case "set_variables":
      return say("set_variables", { what: values.join(", ") });
    case "correct_variable":
      return say("correct_variable", { what: `${String(one.variable)} = ${String(one.value)}` });
    default:
      return say("other", { what: String(one.kind).replaceAll("_", " ") });
  }
}

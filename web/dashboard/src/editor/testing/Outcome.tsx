import { Badge } from "@mantine/core";
import { useTexts } from "../../i18n/language";
import { OUTCOMES } from "./outcome";
import { testing } from "./texts";

/** How a way ended, in a word. */
export function Outcome({ outcome }: { outcome: string }) {
  const say = useTexts(testing);
  const known = OUTCOMES[outcome];
  return <Badge color={known?.color ?? "gray"}>{known ? say(known.key) : outcome}</Badge>;
}

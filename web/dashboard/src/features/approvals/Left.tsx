import type { Approval } from "@deskhand/contract";
import { Badge, Tooltip } from "@mantine/core";
import { IconClock } from "@tabler/icons-react";
import { useLanguage, useTexts } from "../../i18n/language";
import { duration, exact, useNow } from "../../ui/time";
import type { SayApprovals } from "./shared";
import { approvals } from "./texts";

const HOUR = 3_600_000;

/** The time left to decide, counting down. */
export function Left({ until, quiet }: { until: string; quiet?: boolean }) {
  const say = useTexts(approvals);
  const { language } = useLanguage();
  const left = Date.parse(until) - useNow(1000);
  const soon = left < HOUR;
  return (
    <Tooltip label={exact(until, language, true)}>
      <Badge
        color={left <= 0 ? "red" : soon ? "orange" : "gray"}
        variant={quiet && !soon ? "transparent" : "light"}
        px={quiet && !soon ? 0 : undefined}
        leftSection={<IconClock size={12} />}
        role="timer"
      >
        {left <= 0 ? say("overdue") : say("leftUntil", { time: duration(Math.max(1000, left), language) })}
      </Badge>
    </Tooltip>
  );
}

/** What happens when nobody decides in time. */
export function afterwards({ card }: Approval, say: SayApprovals): string {
  if (!card.goes_to) return say("thenPerson");
  return card.goes_to === "end" ? say("thenEnds") : say("thenStep", { step: card.goes_to });
}

import type { Ticket } from "@deskhand/contract";
import { Badge } from "@mantine/core";
import { useTexts } from "../../i18n/language";
import { tickets } from "./texts";

export const STATUSES = ["open", "waiting", "solved"] as const;
export const PRIORITIES = ["URGENT", "HIGH", "MEDIUM", "LOW"] as const;

const STATUS_COLOURS = { open: "blue", waiting: "yellow", solved: "teal" } as const;
const PRIORITY_COLOURS = { URGENT: "red", HIGH: "orange", MEDIUM: "gray", LOW: "gray" } as const;

export function TicketStatus({ status }: Pick<Ticket, "status">) {
  const say = useTexts(tickets);
  return <Badge color={STATUS_COLOURS[status]}>{say(status)}</Badge>;
}

export function Priority({ priority }: Pick<Ticket, "priority">) {
  const say = useTexts(tickets);
  return (
    <Badge color={PRIORITY_COLOURS[priority]} variant={priority === "LOW" ? "outline" : "light"}>
      {say(priority)}
    </Badge>
  );
}

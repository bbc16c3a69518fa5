/** The small signs by which a procedure is told from others. */

import type { ProcedureSummary } from "@deskhand/contract";
import { Badge, Group, Tooltip } from "@mantine/core";
import { IconFlag, IconLock, IconUserCheck, IconUsersGroup } from "@tabler/icons-react";
import { useTexts } from "../../i18n/language";
import { procedures } from "./texts";

const COLOURS = { active: "teal", draft: "gray", archived: "gray" } as const;

export function StatusBadge({ status }: { status: ProcedureSummary["status"] }) {
  const say = useTexts(procedures);
  return (
    <Badge color={COLOURS[status]} variant={status === "archived" ? "outline" : "light"}>
      {say(status)}
    </Badge>
  );
}

/** That the draft holds more than customers get. */
export function Differs() {
  const say = useTexts(procedures);
  return (
    <Tooltip label={say("differsHint")} multiline maw={280}>
      <Badge color="yellow">{say("differs")}</Badge>
    </Tooltip>
  );
}

/** What cannot be undone, who has to agree, what counts as an escalation, whom it is for. */
export function Marks({ of }: { of: ProcedureSummary }) {
  const say = useTexts(procedures);
  return (
    <>
      {of.irreversible && (
        <Tooltip label={say("irreversibleHint")} multiline maw={280}>
          <Badge color="red" leftSection={<IconLock size={12} />}>
            {say("irreversible")}
          </Badge>
        </Tooltip>
      )}
      {of.approval && !of.irreversible && (
        <Tooltip label={say("approvalHint")}>
          <Badge color="orange" leftSection={<IconUserCheck size={12} />}>
            {say("approval")}
          </Badge>
        </Tooltip>
      )}
      {of.escalation && (
        <Tooltip label={say("escalationHint")}>
          <Badge color="grape" leftSection={<IconFlag size={12} />}>
            {say("escalation")}
          </Badge>
        </Tooltip>
      )}
      {of.audience && (
        <Badge color="blue" leftSection={<IconUsersGroup size={12} />}>
          {say("audience", { audience: of.audience })}
        </Badge>
      )}
    </>
  );
}

/** What brings it to customers. */
export function Ways({ ways }: { ways: ProcedureSummary["ways"] }) {
  const say = useTexts(procedures);
  if (ways.length === 0) return <Badge color="yellow">{say("noWay")}</Badge>;
  return (
    <Group gap={4}>
      {ways.map(way => (
        <Badge key={way} color="gray">
          {say(way)}
        </Badge>
      ))}
    </Group>
  );
}

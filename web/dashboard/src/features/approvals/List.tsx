/** The rows of approvals, to choose one. */

import type { Approval } from "@deskhand/contract";
import { Badge, Button, Center, Group, Text } from "@mantine/core";
import { IconHelpCircle, IconLock, IconPencil } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { Link } from "react-router";
import { useTexts } from "../../i18n/language";
import { Ago } from "../../ui/time";
import classes from "./approvals.module.css";
import { StatusBadge } from "./CardParts";
import { Left } from "./Left";
import { whyNot } from "./shared";
import { approvals } from "./texts";

interface Props {
  readonly label: string;
  readonly rows: readonly Approval[];
  readonly selected: string | undefined;
  readonly to: (id: string) => string;
  readonly more?: () => void;
  readonly loadingMore: boolean;
}

export function List({ label, rows, selected, to, more, loadingMore }: Props) {
  const say = useTexts(approvals);
  const list = useRef<HTMLUListElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another one is chosen, by a key perhaps
  useEffect(() => {
    list.current?.querySelector("[aria-current=true]")?.scrollIntoView({ block: "nearest" });
  }, [selected]);
  return (
    <div>
      <ul className={classes.list} aria-label={label} ref={list}>
        {rows.map(row => (
          <li key={row.id}>
            <Link to={to(row.id)} className={classes.row} aria-current={row.id === selected || undefined}>
              <Row approval={row} />
            </Link>
          </li>
        ))}
      </ul>
      {more && (
        <Center mt="sm">
          <Button variant="default" size="xs" onClick={more} loading={loadingMore}>
            {say("loadMore")}
          </Button>
        </Center>
      )}
    </div>
  );
}

function Row({ approval }: { approval: Approval }) {
  const say = useTexts(approvals);
  const { card } = approval;
  const pending = approval.status === "pending";
  const customer = card.contact?.name || card.contact?.email;
  const refused = whyNot(approval, say);
  return (
    <>
      <span className={classes.what}>{card.description}</span>
      {approval.about === "outcome" && (
        <Badge color="orange" mt={4} leftSection={<IconHelpCircle size={12} />}>
          {say("outcomeUnknown")}
        </Badge>
      )}
      <Text fz="xs" c="dimmed" truncate mt={2}>
        {card.procedure}
        {customer ? ` · ${customer}` : ""}
      </Text>
      <Group justify="space-between" mt={4} gap={6} wrap="nowrap">
        <Text fz="xs" c="dimmed">
          <Ago at={(pending ? undefined : approval.decided_at) ?? approval.requested_at} />
          {!pending && approval.decided_by && approval.decided_by !== "timer" ? ` · ${approval.decided_by}` : ""}
        </Text>
        <Group gap={6} wrap="nowrap">
          {card.edited && <IconPencil size={14} role="img" aria-label={say("edits")} />}
          {refused && <IconLock size={14} role="img" aria-label={refused} />}
          {pending ? (
            approval.expires_at && <Left until={approval.expires_at} quiet />
          ) : (
            <StatusBadge status={approval.status} />
          )}
        </Group>
      </Group>
    </>
  );
}

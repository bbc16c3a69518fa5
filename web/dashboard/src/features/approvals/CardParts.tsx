/** The parts of an approval's card: what is asked, by whom, why, with which values. */

import type { Approval, ApprovalDetail } from "@deskhand/contract";
import { Alert, Anchor, Badge, Group, Stack, Text, Title } from "@mantine/core";
import { IconAlertTriangle, IconExternalLink, IconHelpCircle, IconShieldCheck } from "@tabler/icons-react";
import { Link } from "react-router";
import { $api } from "../../api/client";
import { useLanguage, useTexts } from "../../i18n/language";
import { CopyId } from "../../ui/Copy";
import { At, relative, useNow } from "../../ui/time";
import classes from "./approvals.module.css";
import { afterwards, Left } from "./Left";
import { Pairs } from "./RequestShown";
import { decision, isDecided, known, rule, whoMay, written } from "./shared";
import { approvals } from "./texts";

/** A time as words for the middle of a sentence: `5 seconds ago`. */
export function useAgo(at: string | null | undefined): string {
  const { language } = useLanguage();
  const now = useNow(10_000);
  return at ? relative(Math.min(0, (Date.parse(at) - now) / 1000), language) : "";
}

export function StatusBadge({ status }: { status: string }) {
  const say = useTexts(approvals);
  const named = status === "pending" || isDecided(status);
  return (
    <Badge color={COLOURS[status] ?? "gray"} style={{ flexShrink: 0 }}>
      {named ? say(`s_${status}`) : status}
    </Badge>
  );
}

const COLOURS: Readonly<Record<string, string>> = {
  pending: "blue",
  approved: "green",
  happened: "green",
  retried: "green",
  rejected: "red",
  taken_over: "orange",
};

export function Head({ approval, level = 2 }: { approval: Approval; level?: 2 | 3 }) {
  const say = useTexts(approvals);
  const { card } = approval;
  const customer = card.contact?.name || card.contact?.email || card.contact?.id || say("unknownCustomer");
  const asks = say(card.for_member ? "asksMember" : "asks", { agent: useAgentName(card.agent) });
  return (
    <header className={classes.part}>
      <Group justify="space-between" align="flex-start" gap="xs" wrap="nowrap">
        <Title order={level} fz="lg" style={{ overflowWrap: "anywhere" }}>
          {card.description}
        </Title>
        <StatusBadge status={approval.status} />
      </Group>
      <Text fz="sm" c="dimmed" mt={4}>
        {asks} {say("forCustomer", { customer })}
        {card.channel ? ` ${say("onChannel", { channel: card.channel })}` : ""} · <At at={approval.requested_at} />
      </Text>
      <Group gap={8} mt={6}>
        <ProcedureLink approval={approval} />
        <Text fz="xs" c="dimmed">
          {say("step")} <code>{card.step}</code>
        </Text>
      </Group>
    </header>
  );
}

/** What the agent of a slug is called. */
function useAgentName(slug: string | null | undefined): string {
  const { data } = $api.useQuery("get", "/v1/agents", {}, { staleTime: 300_000 });
  return data?.items.find(one => one.slug === slug)?.name ?? slug ?? "";
}

function ProcedureLink({ approval }: { approval: Approval }) {
  const say = useTexts(approvals);
  const { card, slug } = approval;
  const direct = slug.startsWith("action:");
  const to = direct ? `/actions/${slug.slice("action:".length)}` : `/procedures/${slug}`;
  return (
    <Text fz="xs">
      {slug ? (
        <Anchor component={Link} to={to} fz="xs">
          {card.procedure}
        </Anchor>
      ) : (
        card.procedure
      )}
      {card.version && !direct ? <span> · {say("version", { version: card.version })}</span> : null}
    </Text>
  );
}

/** Why it waits, until when, and for whom; or by whom it was decided. */
export function Standing({ approval }: { approval: Approval }) {
  const say = useTexts(approvals);
  if (approval.status !== "pending") return <Ended approval={approval} />;
  const outcome = approval.about === "outcome";
  return (
    <section className={classes.part}>
      <Alert
        variant="light"
        color={outcome ? "orange" : "blue"}
        icon={outcome ? <IconHelpCircle size={18} /> : <IconShieldCheck size={18} />}
        py="xs"
      >
        <Text fz="sm">{outcome ? say("outcomeLead") : rule(approval, say)}</Text>
        {outcome && (
          <Text fz="sm" mt={4}>
            {say("whatIsKnown", { problem: known(approval) })}
          </Text>
        )}
      </Alert>
      <Group gap="xs" mt="sm">
        {approval.expires_at && (
          <>
            <Left until={approval.expires_at} />
            <Text fz="xs" c="dimmed">
              {afterwards(approval, say)}
            </Text>
          </>
        )}
        <Text fz="xs" c="dimmed">
          {say("whoMay", { who: whoMay(approval, say) })}
        </Text>
      </Group>
    </section>
  );
}

function Ended({ approval }: { approval: Approval }) {
  const say = useTexts(approvals);
  const ago = useAgo(approval.decided_at);
  const failed = approval.act === "failed" || approval.act === "unknown";
  const what = ACTS.find(one => one === approval.act);
  return (
    <section className={classes.part}>
      <Stack gap={4}>
        <Text fz="sm" fw={600}>
          {decision(approval, ago, say)}
        </Text>
        {approval.lapsed ? (
          <Text fz="sm">{say(`lapsed_${approval.lapsed}`)}</Text>
        ) : (
          approval.reason && <Text fz="sm">{say("reasonIs", { reason: approval.reason })}</Text>
        )}
        {what && (
          <Group gap={6} c={failed ? "orange" : "dimmed"}>
            {failed && <IconAlertTriangle size={16} />}
            <Text fz="sm">{say(`act_${what}`)}</Text>
          </Group>
        )}
      </Stack>
    </section>
  );
}

const ACTS = ["intended", "sent", "succeeded", "failed", "unknown", "lapsed"] as const;

export function Words({ approval }: { approval: Approval | ApprovalDetail }) {
  const say = useTexts(approvals);
  const entry = ("began_with" in approval && approval.began_with) || approval.card.entry;
  const to = `/conversations/${approval.conversation}${entry ? `#e${entry}` : ""}`;
  return (
    <section className={classes.part} aria-label={say("customerWrote")}>
      <Group justify="space-between" mb={6}>
        <Text fz="sm" fw={650}>
          {say("customerWrote")}
        </Text>
        <Anchor component={Link} to={to} fz="sm">
          <Group gap={4} wrap="nowrap">
            {say("openConversation")} <IconExternalLink size={14} />
          </Group>
        </Anchor>
      </Group>
      {approval.card.words ? (
        <blockquote className={classes.quote}>{approval.card.words}</blockquote>
      ) : (
        <Text fz="sm" c="dimmed">
          {say("wroteNothing")}
        </Text>
      )}
    </section>
  );
}

export function Collected({ approval }: { approval: Approval }) {
  const say = useTexts(approvals);
  const { variables } = approval.card;
  return (
    <section className={classes.part} aria-label={say("collected")}>
      <Text fz="sm" fw={650} mb={6}>
        {say("collected")}
      </Text>
      {Object.keys(variables).length ? (
        <Pairs values={variables} label={say("collected")} />
      ) : (
        <Text fz="sm" c="dimmed">
          {say("collectedNone")}
        </Text>
      )}
      <Group mt="md" gap="xs">
        <CopyId id={approval.id} />
      </Group>
    </section>
  );
}

/** Who edited which values; the first form stands beside the request. */
export function Edits({ approval }: { approval: Approval }) {
  const say = useTexts(approvals);
  const edited = approval.card.edited;
  if (!edited) return null;
  return (
    <section className={classes.part} aria-label={say("edits")}>
      <Text fz="sm" fw={650} mb={6}>
        {say("edits")}
      </Text>
      <Stack gap="xs">
        {edited.revisions.map(one => (
          <div key={one.at}>
            <EditedBy by={one.by} at={one.at} />
            {one.changes.map(change => (
              <ChangeLine key={change.name} label={change.label} before={change.before} after={change.after} />
            ))}
          </div>
        ))}
      </Stack>
    </section>
  );
}

function EditedBy({ by, at }: { by: string; at: string }) {
  const say = useTexts(approvals);
  const ago = useAgo(at);
  return (
    <Text fz="xs" c="dimmed">
      {say("editedBy", { by, ago })}
    </Text>
  );
}

/** One value before and after. */
export function ChangeLine({ label, before, after }: { label: string; before: unknown; after: unknown }) {
  const say = useTexts(approvals);
  const empty = say("empty");
  return (
    <Text fz="sm" style={{ overflowWrap: "anywhere" }}>
      {label}: <del className={classes.before}>{written(before, empty)}</del> →{" "}
      <ins className={classes.after} style={{ textDecoration: "none" }}>
        {written(after, empty)}
      </ins>
    </Text>
  );
}

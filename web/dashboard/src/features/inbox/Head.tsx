/** Above a conversation: who it is with, who answers, and what can be done about that. */

import type { Conversation } from "@deskhand/contract";
import { ActionIcon, Alert, Badge, Button, Group, Menu, Text, Tooltip } from "@mantine/core";
import {
  type Icon,
  IconArrowLeft,
  IconChevronDown,
  IconCircleCheck,
  IconHandStop,
  IconLayoutSidebarRight,
  IconRobot,
  IconTimeline,
} from "@tabler/icons-react";
import { Link } from "react-router";
import { useTexts } from "../../i18n/language";
import { sentence } from "../../ui/ErrorNote";
import classes from "./Inbox.module.css";
import { nameOf } from "./names";
import { inbox } from "./texts";
import type { Decisions } from "./useDecisions";

interface Props {
  readonly conversation: Conversation;
  readonly back: string | null;
  readonly details: () => void;
  readonly decisions: Decisions;
}

export function Head({ conversation, back, details, decisions }: Props) {
  const say = useTexts(inbox);
  return (
    <>
      <header className={classes.head}>
        {back && (
          <ActionIcon component={Link} to={back} aria-label={say("back")}>
            <IconArrowLeft size={18} />
          </ActionIcon>
        )}
        <div style={{ flex: 1, minWidth: 0 }}>
          <Text fw={650} truncate component="h2" m={0} fz="md">
            {nameOf(conversation) || say("unknown")}
          </Text>
          <Who conversation={conversation} />
        </div>
        <Actions conversation={conversation} decisions={decisions} />
        <Tooltip label={say("timeline")}>
          <ActionIcon component={Link} to={`/conversations/${conversation.id}`} aria-label={say("timeline")}>
            <IconTimeline size={18} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={say("details")}>
          <ActionIcon onClick={details} aria-label={say("details")}>
            <IconLayoutSidebarRight size={18} />
          </ActionIcon>
        </Tooltip>
      </header>
      <Refused decisions={decisions} />
    </>
  );
}

function Who({ conversation }: { conversation: Conversation }) {
  const say = useTexts(inbox);
  if (conversation.status === "resolved") return <Badge color="gray">{say("isResolved")}</Badge>;
  if (conversation.mode === "agent") return <Badge color="desk">{say("agentAnswers")}</Badge>;
  if (!conversation.member) return <Badge color="orange">{say("personNeeded")}</Badge>;
  return <Badge color="green">{say("memberAnswers", { name: conversation.member })}</Badge>;
}

function Actions({ conversation, decisions }: { conversation: Conversation; decisions: Decisions }) {
  const say = useTexts(inbox);
  const agent = conversation.mode === "agent";
  const over = { label: say(agent ? "takeOver" : "handBack"), icon: agent ? IconHandStop : IconRobot };
  return (
    <Group gap={6} wrap="nowrap">
      <Action
        {...over}
        variant="default"
        loading={decisions.busy === "take-over" || decisions.busy === "hand-back"}
        run={agent ? decisions.takeOver : decisions.handBack}
      />
      {conversation.status === "open" && <Resolve decisions={decisions} />}
    </Group>
  );
}

function Resolve({ decisions }: { decisions: Decisions }) {
  const say = useTexts(inbox);
  return (
    <Button.Group>
      <Action
        label={say("resolve")}
        hint={say("resolveNext")}
        icon={IconCircleCheck}
        loading={decisions.busy === "resolve"}
        run={() => decisions.resolve(true)}
      />
      <Menu position="bottom-end">
        <Menu.Target>
          <Button size="xs" px={6} aria-label={say("more")} visibleFrom="sm">
            <IconChevronDown size={15} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => decisions.resolve(true)}>{say("resolveNext")}</Menu.Item>
          <Menu.Item onClick={() => decisions.resolve(false)}>{say("resolveStay")}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Button.Group>
  );
}

interface ActionProps {
  readonly label: string;
  readonly hint?: string;
  readonly icon: Icon;
  readonly run: () => void;
  readonly loading: boolean;
  readonly variant?: "default";
}

/** A button with its name, or on a phone with its picture alone. */
function Action({ label, hint, icon: Picture, run, loading, variant }: ActionProps) {
  return (
    <Tooltip label={hint ?? label}>
      <Button size="xs" variant={variant} px={{ base: 8, sm: 12 }} loading={loading} onClick={run} aria-label={label}>
        <Picture size={16} />
        <Text span fz="inherit" fw="inherit" ml={6} visibleFrom="sm">
          {label}
        </Text>
      </Button>
    </Tooltip>
  );
}

function Refused({ decisions }: { decisions: Decisions }) {
  const say = useTexts(inbox);
  if (decisions.error === null) return null;
  return (
    <Alert color="orange" radius={0} py="xs" withCloseButton onClose={decisions.forget} role="alert">
      <Group gap="sm">
        <Text fz="sm">{sentence(decisions.error)}</Text>
        {decisions.anyway && (
          <Button size="compact-xs" variant="default" onClick={decisions.anyway}>
            {say("doAnyway")}
          </Button>
        )}
      </Group>
    </Alert>
  );
}

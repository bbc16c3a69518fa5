/** What an entry of the timeline holds, for each kind. */

import type { TimelineItem } from "@deskhand/contract";
import { Badge, Button, Code, Collapse, Group, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconChevronRight } from "@tabler/icons-react";
import { Fragment, type ReactNode } from "react";
import { $api } from "../../api/client";
import { useLanguage, useTexts } from "../../i18n/language";
import { duration } from "../../ui/time";
import { known, rule } from "../approvals/shared";
import { approvals } from "../approvals/texts";
import { list, object, objects, plain, text } from "../talk/entries";
import { ActView, Value } from "../talk/Http";
import { Further, Words } from "../talk/Message";
import { ActStatus } from "../talk/Status";
import { talk } from "../talk/texts";
import { told } from "../talk/told";
import classes from "./Conversation.module.css";
import { conversation } from "./texts";
import { understood } from "./understood";

export function Body({ item }: { item: TimelineItem }) {
  switch (item.kind) {
    case "note":
      return (
        <div className={`${classes.words} ${classes.note}`}>
          <Words entry={item} />
        </div>
      );
    case "steps":
      return <Steps names={list(item, "steps")} />;
    case "understood":
      return <Understood item={item} />;
    case "model":
      return <Model item={item} />;
    case "guarded":
      return <Guarded item={item} />;
    case "approval_requested":
    case "approval_edited":
    case "approval_closed":
      return <Decision item={item} />;
    case "offer_closed":
    case "topic_switched":
    case "feedback":
    case "identified":
    case "notified":
    case "tag":
    case "visited":
      return <Sentence item={item} />;
    case "variables_given":
      return (
        <>
          <Given names={list(item, "names")} />
          <Sentence item={item} />
        </>
      );
    case "browser_returned":
      return <Returned item={item} />;
    case "ticket":
    case "lead":
      return (
        <>
          <Sentence item={item} />
          <Acted item={item} />
        </>
      );
    case "component_done":
    case "run_ended":
    case "start_requested":
    case "action_requested":
      return null;
    default:
      break;
  }
  if (item.group === "calls") return <Acted item={item} />;
  if (item.group === "people" && item.kind !== "assisted") return null;
  return (
    <div className={classes.words}>
      <Words entry={item} />
    </div>
  );
}

function Dim({ children }: { children: ReactNode }) {
  return (
    <Text fz="sm" c="dimmed" style={{ overflowWrap: "anywhere" }} component="div">
      {children}
    </Text>
  );
}

function Sentence({ item }: { item: TimelineItem }) {
  const say = useTexts(talk);
  const { language } = useLanguage();
  const sentence = item.kind === "tag" ? text(item, "tag") : told(item, say, language);
  if (!sentence) return null;
  return (
    <Dim>
      {sentence} <Further entry={item} />
    </Dim>
  );
}

const RULES = ["succeeded", "holds", "at_most", "enabled", "scripts_off", "audience", "when_not_to_use"] as const;

/** Which kind of rule kept it back, and its own reason. */
function Guarded({ item }: { item: TimelineItem }) {
  const say = useTexts(conversation);
  const named = text(item, "rule");
  const known = RULES.find(one => one === named);
  return (
    <Dim>
      {known ? say(`guard_${known}`) : named} {text(item, "reason")}
    </Dim>
  );
}

function Given({ names }: { names: readonly string[] }) {
  const say = useTexts(conversation);
  return names.length ? <Dim>{say("names", { names: names.join(", ") })}</Dim> : null;
}

function Steps({ names }: { names: readonly string[] }) {
  return (
    <div className={classes.steps}>
      {names.map((name, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a step may come twice
        <Fragment key={`${name} ${at}`}>
          {at > 0 && <IconChevronRight size={12} aria-hidden />}
          <Code>{name}</Code>
        </Fragment>
      ))}
    </div>
  );
}

function Understood({ item }: { item: TimelineItem }) {
  const say = useTexts(conversation);
  const commands = objects(item, "commands");
  const named = useNames();
  return (
    <Dim>
      {commands.length
        ? commands.map(command => understood(command, say, named)).join(" · ")
        : say("nothingUnderstood")}
      {text(item, "note") && <div>{text(item, "note")}</div>}
    </Dim>
  );
}

/** What procedures and actions are called, by their slugs, as far as that is known yet. */
function useNames(): ReadonlyMap<string, string> {
  const procedures = $api.useQuery("get", "/v1/procedures", {}, { staleTime: 60_000 });
  const actions = $api.useQuery("get", "/v1/actions", {}, { staleTime: 60_000 });
  const both = [...(actions.data?.items ?? []), ...(procedures.data?.items ?? [])];
  return new Map(both.map(one => [String(one.slug), String(one.name)]));
}

function Model({ item }: { item: TimelineItem }) {
  const say = useTexts(conversation);
  const { language } = useLanguage();
  const prompt = objects(item, "prompt")
    .map(part => `${String(part.role)}:\n${String(part.text)}`)
    .join("\n\n");
  const cost = Number(item.body.cost ?? 0) / 1_000_000;
  return (
    <>
      <Dim>
        {text(item, "name") || text(item, "model")} · {duration(Number(item.body.milliseconds ?? 0), language)} ·{" "}
        {say("tokens", {
          input: text(item, "input_tokens"),
          output: text(item, "output_tokens"),
          cost: cost.toFixed(5),
        })}
        {text(item, "problem") && ` · ${text(item, "problem")}`}
      </Dim>
      <More>
        <Value value={prompt} label={say("prompt")} />
        <Value value={item.body.answer ?? ""} label={say("answerText")} />
      </More>
    </>
  );
}

function Decision({ item }: { item: TimelineItem }) {
  const say = useTexts(conversation);
  const sayTalk = useTexts(talk);
  const sayApprovals = useTexts(approvals);
  const { language } = useLanguage();
  const { approval } = item;
  const sentence = told(item, sayTalk, language);
  return (
    <Stack gap={4}>
      {sentence && <Text fz="sm">{sentence}</Text>}
      {approval && item.kind === "approval_requested" && (
        <>
          <Dim>
            {approval.about === "outcome"
              ? sayApprovals("whatIsKnown", { problem: known(approval) })
              : say("rule", { rule: rule(approval, sayApprovals) })}
          </Dim>
          {approval.status === "pending" && <Badge color="orange">{say("pending")}</Badge>}
          <More>
            <Value value={approval.card.request} label={sayTalk("request")} />
          </More>
        </>
      )}
      {text(item, "reason") && <Dim>{say("because", { reason: text(item, "reason") })}</Dim>}
    </Stack>
  );
}

function Returned({ item }: { item: TimelineItem }) {
  const say = useTexts(conversation);
  return <Dim>{say(item.body.ok ? "ok" : "failed")}</Dim>;
}

function Acted({ item }: { item: TimelineItem }) {
  const { language } = useLanguage();
  const { act } = item;
  const outcome = text(item, "outcome");
  const problem = text(item, "problem");
  const ms = item.body.ms;
  return (
    <>
      <Group gap={6}>
        {outcome && <ActStatus status={outcome} />}
        {typeof item.body.status === "number" && <Badge variant="default">{item.body.status}</Badge>}
        {typeof ms === "number" && <Dim>{duration(ms, language)}</Dim>}
      </Group>
      {problem && <Dim>{problem}</Dim>}
      {act && (
        <More>
          <ActView act={act} />
        </More>
      )}
      {!act && item.kind === "run_in_browser" && <Dim>{Object.keys(object(item, "inputs")).map(plain).join(", ")}</Dim>}
    </>
  );
}

/** What is only there when asked for. */
function More({ children }: { children: ReactNode }) {
  const say = useTexts(conversation);
  const [open, { toggle }] = useDisclosure(false);
  return (
    <div>
      <Button size="compact-xs" variant="subtle" px={4} onClick={toggle} aria-expanded={open}>
        {say(open ? "hide" : "details")}
      </Button>
      <Collapse expanded={open}>{open && <Stack gap="xs">{children}</Stack>}</Collapse>
    </div>
  );
}

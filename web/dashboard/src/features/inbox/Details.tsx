/** The right pane: who the customer is, whose the conversation is, what is going on, what was before. */

import type { Conversation, OpenRun } from "@deskhand/contract";
import { Alert, Anchor, Badge, Group, Loader, Select, Stack, TagsInput, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { Link } from "react-router";
import { $api, api } from "../../api/client";
import { useMe } from "../../app/session";
import { useTexts } from "../../i18n/language";
import { CopyId } from "../../ui/Copy";
import { sentence } from "../../ui/ErrorNote";
import { Loaded } from "../../ui/Loaded";
import { At } from "../../ui/time";
import { plain } from "../talk/entries";
import { RunStatus } from "../talk/Status";
import { ContactFacts } from "./ContactFacts";
import classes from "./Inbox.module.css";
import { inbox } from "./texts";

export function Details({ id }: { id: string }) {
  const query = $api.useQuery("get", "/v1/conversations/{id}", { params: { path: { id } } });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <div className={classes.scroll} tabIndex={0}>
      <Loaded query={query}>{conversation => <Known conversation={conversation} />}</Loaded>
    </div>
  );
}

function Known({ conversation }: { conversation: Conversation }) {
  const say = useTexts(inbox);
  return (
    <>
      <Block title={say("contact")}>
        <ContactFacts conversation={conversation} />
      </Block>
      <Block title={say("assignee")}>
        <Assignee conversation={conversation} />
      </Block>
      <Block title={say("tags")}>
        <Tags conversation={conversation} />
      </Block>
      <Block title={say("runs")}>
        {conversation.runs.length ? (
          conversation.runs.map(run => <Run key={run.id} run={run} />)
        ) : (
          <Dim>{say("noRuns")}</Dim>
        )}
      </Block>
      {conversation.offers.length > 0 && (
        <Block title={say("offers")}>
          <Group gap={6}>
            {conversation.offers.map(offer => (
              <Badge key={offer.offer} variant="outline">
                {offer.name}
              </Badge>
            ))}
          </Group>
        </Block>
      )}
      <Block title={say("about")}>
        <dl className={classes.facts}>
          <Fact name={say("channel")}>{conversation.channel}</Fact>
          <Fact name={say("language")}>{conversation.language}</Fact>
          <Fact name={say("answeredBy")}>{conversation.agent}</Fact>
          {conversation.topic && <Fact name={say("topic")}>{conversation.topic}</Fact>}
          {conversation.cost > 0 && <Fact name={say("cost")}>${conversation.cost.toFixed(4)}</Fact>}
          <Fact name={say("started")}>
            <At at={conversation.created_at} />
          </Fact>
        </dl>
        <CopyId id={conversation.id} />
      </Block>
    </>
  );
}

export function Block({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.block}>
      <h3 className={classes.title}>{title}</h3>
      {children}
    </section>
  );
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

export function Dim({ children }: { children: ReactNode }) {
  return (
    <Text fz="sm" c="dimmed">
      {children}
    </Text>
  );
}

/** Change something of a conversation, and show what went wrong beside it. */
function useChange(): readonly [(change: () => Promise<unknown>) => void, unknown, boolean] {
  const queries = useQueryClient();
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const change = async (run: () => Promise<unknown>) => {
    setBusy(true);
    setError(null);
    try {
      await run();
      const stale = ["/v1/conversations/{id}", "/v1/inbox"];
      await queries.invalidateQueries({ predicate: query => stale.includes(String(query.queryKey[1])) });
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return [run => void change(run), error, busy];
}

function Assignee({ conversation }: { conversation: Conversation }) {
  const say = useTexts(inbox);
  const me = useMe();
  const members = $api.useQuery("get", "/v1/members");
  const [change, error, busy] = useChange();
  const known = new Set([me.name, ...(members.data?.items.map(one => one.name) ?? [])]);
  if (conversation.assignee) known.add(conversation.assignee);
  const assign = (member: string | null) =>
    change(() =>
      api.POST("/v1/conversations/{id}/assign", {
        params: { path: { id: conversation.id }, query: { wait: 0 } },
        body: { member, event_id: crypto.randomUUID() },
      }),
    );
  return (
    <Select
      size="sm"
      aria-label={say("assignee")}
      placeholder={say("nobody")}
      value={conversation.assignee ?? null}
      onChange={assign}
      data={[...known]}
      clearable
      searchable={known.size > 8}
      error={error === null ? undefined : sentence(error)}
      rightSection={busy ? <Loader size={14} /> : undefined}
    />
  );
}

function Tags({ conversation }: { conversation: Conversation }) {
  const say = useTexts(inbox);
  const [change, error] = useChange();
  const replace = (tags: string[]) => {
    const add = tags.filter(tag => !conversation.tags.includes(tag));
    const remove = conversation.tags.filter(tag => !tags.includes(tag));
    change(() =>
      api.POST("/v1/conversations/{id}/tags", {
        params: { path: { id: conversation.id }, query: { wait: 0 } },
        body: { add, remove, event_id: crypto.randomUUID() },
      }),
    );
  };
  return (
    <TagsInput
      size="sm"
      aria-label={say("tags")}
      placeholder={say("addTag")}
      value={conversation.tags}
      onChange={replace}
      error={error === null ? undefined : sentence(error)}
    />
  );
}

function Run({ run }: { run: OpenRun }) {
  const say = useTexts(inbox);
  const query = $api.useQuery("get", "/v1/runs/{id}", { params: { path: { id: run.id } } });
  const sources = query.data?.sources ?? {};
  const values = Object.entries(run.variables);
  return (
    <div className={classes.run}>
      <Group justify="space-between" gap={6} mb={4}>
        <Anchor component={Link} to={`/procedures/${run.procedure}`} fz="sm" fw={600}>
          {run.name}
        </Anchor>
        <RunStatus status="running" waiting={run.waiting} />
      </Group>
      {values.length === 0 && <Dim>{say("noValues")}</Dim>}
      <Stack gap={4}>
        {values.map(([name, value]) => (
          <div key={name}>
            <Text fz="xs" c="dimmed">
              {name}
              {sources[name] && ` · ${source(sources[name], say)}`}
            </Text>
            <Text fz="sm" lineClamp={4} style={{ overflowWrap: "anywhere" }}>
              {plain(value)}
            </Text>
          </div>
        ))}
      </Stack>
      {query.error !== null && query.error !== undefined && <Alert color="red">{sentence(query.error)}</Alert>}
    </div>
  );
}

const SOURCES = { customer: "from_customer", argument: "from_argument", default: "from_default" } as const;

function source(name: string, say: ReturnType<typeof useTexts<(typeof inbox)["en"]>>): string {
  const known = SOURCES[name as keyof typeof SOURCES];
  return known ? say(known) : say("from_step", { step: name });
}

/** The team's assistant: what members ask of it for this customer, in a thread of its own. */

import type { Conversation, Entry, ShownAgent } from "@deskhand/contract";
import { Button, Checkbox, Group, Select, Stack, Textarea, TextInput } from "@mantine/core";
import { IconRobotFace, IconSparkles } from "@tabler/icons-react";
import { type FormEvent, type KeyboardEvent, type ReactNode, useLayoutEffect, useRef, useState } from "react";
import { Link } from "react-router";
import { $api, api } from "../../api/client";
import { useMayBuild } from "../../app/session";
import { useTexts } from "../../i18n/language";
import { Empty } from "../../ui/Empty";
import { ErrorNote } from "../../ui/ErrorNote";
import { Loaded } from "../../ui/Loaded";
import { componentOf, type FormField, fieldsOf, isAssistant, list, text } from "../talk/entries";
import { Clock, Words } from "../talk/Message";
import bubbles from "../talk/Message.module.css";
import { Approvals } from "./Approvals";
import { useDraft } from "./drafts";
import classes from "./Inbox.module.css";
import { inbox } from "./texts";

interface Props {
  readonly conversation: Conversation;
  readonly entries: readonly Entry[];
  /** What stands below: whom one writes to, around the field for it. */
  readonly composer: (ask?: ReactNode) => ReactNode;
}

export function Assistant(props: Props) {
  const agents = $api.useQuery("get", "/v1/agents");
  return (
    <Loaded query={agents}>
      {({ items }) => {
        const team = items.filter(agent => agent.kind === "team");
        const [first] = team;
        if (first) return <Thread {...props} team={team} first={first} />;
        return (
          <>
            <None />
            {props.composer()}
          </>
        );
      }}
    </Loaded>
  );
}

function None() {
  const say = useTexts(inbox);
  const builds = useMayBuild();
  return (
    <div className={classes.thread}>
      <Empty
        icon={IconRobotFace}
        title={say("assistantNone")}
        action={
          builds && (
            <Button component={Link} to="/agents" variant="light">
              {say("setUpAgents")}
            </Button>
          )
        }
      >
        {say("assistantNoneText")}
      </Empty>
    </div>
  );
}

/** What a member asks: words, or a click or a form that the assistant asked for. */
type Wish =
  | { text: string }
  | { question: string; choice: string }
  | { question: string; values: Record<string, unknown> };

function Thread({
  conversation,
  entries,
  composer,
  team,
  first,
}: Props & { team: readonly ShownAgent[]; first: ShownAgent }) {
  const say = useTexts(inbox);
  const [chosen, setChosen] = useState<string | null>(conversation.assistant?.agent ?? first.slug);
  const agent = team.find(one => one.slug === chosen) ?? first;
  const shown = entries.filter(isAssistant);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const end = useRef<HTMLDivElement>(null);
  const count = shown.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new message is followed
  useLayoutEffect(() => {
    end.current?.scrollIntoView({ block: "end" });
  }, [count]);
  const ask = async (wish: Wish) => {
    setBusy(true);
    setError(null);
    try {
      const body = { text: "", ...wish, agent: agent.slug, event_id: crypto.randomUUID() };
      await api.POST("/v1/conversations/{id}/assist", {
        params: { path: { id: conversation.id }, query: { wait: 10 } },
        body: body as never,
      });
      return true;
    } catch (thrown) {
      setError(thrown);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <div className={classes.thread} role="log" aria-label={say("assistant")} tabIndex={0}>
        <div className={classes.messages}>
          {shown.length === 0 && (
            <Empty icon={IconSparkles} title={say("assistantEmpty", { name: agent.name })}>
              {say("assistantEmptyText")}
            </Empty>
          )}
          {shown.map((entry, at) => (
            <Line key={entry.seq} entry={entry} name={agent.name} ask={at === shown.length - 1 && !busy ? ask : null} />
          ))}
          {conversation.assistant && <Approvals conversation={conversation} runs={conversation.assistant.runs} />}
          {error !== null && <ErrorNote error={error} />}
          <div ref={end} />
        </div>
      </div>
      {composer(
        <Ask id={conversation.id} busy={busy} ask={ask}>
          {team.length > 1 && (
            <Select
              size="xs"
              w={160}
              aria-label={say("assistantWho")}
              value={agent.slug}
              onChange={setChosen}
              allowDeselect={false}
              data={team.map(one => ({ value: one.slug, label: one.name }))}
            />
          )}
        </Ask>,
      )}
    </>
  );
}

type AskFor = (wish: Wish) => Promise<boolean>;

function Line({ entry, name, ask }: { entry: Entry; name: string; ask: AskFor | null }) {
  const mine = entry.kind === "assisted";
  const question = text(entry, "question");
  return (
    <div className={`${bubbles.row} ${mine ? bubbles.member : bubbles.customer}`}>
      <span className={bubbles.meta}>
        {mine ? text(entry, "by") : name} · <Clock at={entry.at} />
      </span>
      <div className={bubbles.bubble}>
        <Words entry={entry} />
      </div>
      {ask && entry.kind === "ask" && (
        <Group gap={6}>
          {list(entry, "choices").map(choice => (
            <Button key={choice} size="compact-sm" variant="default" onClick={() => void ask({ question, choice })}>
              {choice}
            </Button>
          ))}
        </Group>
      )}
      {ask && entry.kind === "show_form" && <Fields entry={entry} fields={fieldsOf(entry)} ask={ask} />}
      {ask && entry.kind === "show_component" && <Component entry={entry} ask={ask} />}
    </div>
  );
}

function Component({ entry, ask }: { entry: Entry; ask: AskFor }) {
  const say = useTexts(inbox);
  const { fields } = componentOf(entry);
  if (fields.length) return <Fields entry={entry} fields={fields} ask={ask} />;
  const choice = say("goOn");
  return (
    <Button size="compact-sm" variant="default" onClick={() => void ask({ question: text(entry, "question"), choice })}>
      {choice}
    </Button>
  );
}

function Fields({ entry, fields, ask }: { entry: Entry; fields: readonly FormField[]; ask: AskFor }) {
  const say = useTexts(inbox);
  const errors = (entry.body.errors ?? {}) as Record<string, string>;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const values = Object.fromEntries(fields.map(field => [field.name, givenOf(field, given.get(field.name))]));
    void ask({ question: text(entry, "question"), values });
  };
  return (
    <form onSubmit={submit} style={{ minWidth: 260 }}>
      <Stack gap={6}>
        {fields.map(field => (
          <Input key={field.name} field={field} error={errors[field.name]} />
        ))}
        <Button type="submit" size="compact-sm">
          {text(entry, "submit") || say("submit")}
        </Button>
      </Stack>
    </form>
  );
}

function Input({ field, error }: { field: FormField; error: string | undefined }) {
  const shared = { name: field.name, label: field.label, required: field.required, error, size: "xs" as const };
  if (field.type === "boolean") return <Checkbox {...shared} required={false} />;
  if (field.choices.length) return <Select {...shared} data={[...field.choices]} />;
  return <TextInput {...shared} type={field.type === "date" ? "date" : field.type === "email" ? "email" : "text"} />;
}

function givenOf(field: FormField, given: FormDataEntryValue | null): unknown {
  if (field.type === "boolean") return given !== null;
  return typeof given === "string" && given !== "" ? given : null;
}

function Ask({ id, busy, ask, children }: { id: string; busy: boolean; ask: AskFor; children: ReactNode }) {
  const say = useTexts(inbox);
  const [words, setWords] = useDraft(id, "assistant");
  const submit = async () => {
    if (words.trim() && !busy && (await ask({ text: words.trim() }))) setWords("");
  };
  const press = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void submit();
  };
  return (
    <Group align="flex-end" gap="xs" wrap="nowrap">
      {children}
      <Textarea
        style={{ flex: 1 }}
        autosize
        minRows={1}
        maxRows={8}
        value={words}
        aria-label={say("askWhat")}
        placeholder={say("askWhat")}
        onChange={event => setWords(event.currentTarget.value)}
        onKeyDown={press}
      />
      <Button onClick={() => void submit()} loading={busy} disabled={!words.trim()}>
        {say("ask")}
      </Button>
    </Group>
  );
}

/** What stands open in a preview: choices, a form, a button, a script, an offer, a decision, a call. */

import type { Entry, Preview, PreviewApproval, PreviewCall } from "@deskhand/contract";
import { Badge, Button, Group, Paper, Select, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { IconPlugConnected, IconShieldCheck, IconUser } from "@tabler/icons-react";
import { type FormEvent, type ReactNode, useState } from "react";
import { componentOf, type FormField, fieldsOf, list, text } from "../../features/talk/entries";
import { Value } from "../../features/talk/Http";
import { useTexts } from "../../i18n/language";
import { Mock } from "../testing/Mock";
import { typed } from "../testing/script";
import { preview as texts } from "./texts";
import type { Decision, Happening } from "./usePreview";

interface Props {
  readonly preview: Preview;
  readonly busy: boolean;
  readonly happen: (event: Happening) => void;
}

export function Standing({ preview, busy, happen }: Props) {
  const say = useTexts(texts);
  const asked = questionOf(preview);
  const waiting = preview.done.filter(one => one.status === "waiting");
  return (
    <Stack gap="xs">
      {waiting.map(call => (
        <Call key={`${call.run} ${call.seq}`} call={call} busy={busy} happen={happen} />
      ))}
      {preview.approvals.map(one => (
        <Approval key={one.id} approval={one} busy={busy} happen={happen} />
      ))}
      {preview.mode === "member" && (
        <Card icon={<IconUser size={16} />} title={say("withMember")}>
          <Button size="xs" variant="default" onClick={() => happen({ kind: "hand_back" })}>
            {say("handBack")}
          </Button>
        </Card>
      )}
      {preview.offers.map(one => (
        <Card key={one.offer} title={say("offer", { name: one.name })}>
          <Pair
            busy={busy}
            first={say("accept")}
            second={say("decline")}
            choose={yes => happen({ kind: "click", question: one.offer, choice: yes ? "accept" : "decline" })}
          />
        </Card>
      ))}
      {asked && preview.mode === "agent" && <Asked key={asked.seq} entry={asked} busy={busy} happen={happen} />}
    </Stack>
  );
}

const ANSWERS = new Set(["clicked", "form_submitted", "component_returned", "component_done"]);

/** The entry of the question that stands. */
function questionOf(preview: Preview): Entry | undefined {
  if (!preview.question) return undefined;
  return preview.entries.findLast(one => text(one, "question") === preview.question && !ANSWERS.has(one.kind));
}

function Asked({ entry, busy, happen }: { entry: Entry; busy: boolean; happen: Props["happen"] }) {
  const say = useTexts(texts);
  const question = text(entry, "question");
  if (entry.kind === "show_form") {
    const submit = (values: Values) => happen({ kind: "form", question, values });
    return <Form fields={fieldsOf(entry)} title={say("form")} busy={busy} submit={submit} />;
  }
  if (entry.kind === "show_component") return <Component entry={entry} busy={busy} happen={happen} />;
  if (entry.kind === "run_in_browser") return <Script question={question} busy={busy} happen={happen} />;
  if (entry.kind === "show_button") {
    const label = text(entry, "label");
    return (
      <Button variant="light" loading={busy} onClick={() => happen({ kind: "click", question, choice: label })}>
        {say("button", { label })}
      </Button>
    );
  }
  const choices = list(entry, "choices");
  if (!choices.length) return null;
  return (
    <Group gap={6}>
      {choices.map(choice => (
        <Button
          key={choice}
          size="xs"
          variant="light"
          disabled={busy}
          onClick={() => happen({ kind: "click", question, choice })}
        >
          {choice}
        </Button>
      ))}
    </Group>
  );
}

function Component({ entry, busy, happen }: { entry: Entry; busy: boolean; happen: Props["happen"] }) {
  const say = useTexts(texts);
  const { kind, title, fields } = componentOf(entry);
  const [value, setValue] = useState("null");
  const done = (value: unknown) => happen({ kind: "component", question: text(entry, "question"), value });
  if (fields.length) return <Form fields={fields} title={title} busy={busy} submit={done} />;
  return (
    <Card title={say("component", { title })}>
      <Stack gap={8}>
        {kind === "element" && (
          <Textarea
            size="xs"
            label={say("componentValue")}
            value={value}
            autosize
            onChange={event => setValue(event.currentTarget.value)}
          />
        )}
        <Group>
          <Button size="xs" loading={busy} onClick={() => done(kind === "element" ? typed(value, "json") : null)}>
            {say("componentDone")}
          </Button>
        </Group>
      </Stack>
    </Card>
  );
}

type Values = Record<string, unknown>;

interface FormProps {
  readonly fields: readonly FormField[];
  readonly title: string;
  readonly busy: boolean;
  readonly submit: (values: Values) => void;
}

function Form({ fields, title, busy, submit: given }: FormProps) {
  const say = useTexts(texts);
  const [values, setValues] = useState<Record<string, string>>({});
  const put = (name: string, value: string) => setValues({ ...values, [name]: value });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read = fields.map(one => [one.name, typed(values[one.name] ?? "", one.type)] as const);
    given(Object.fromEntries(read.filter(([, value]) => value !== "")));
  };
  return (
    <Card title={title}>
      <Stack gap={8} component="form" onSubmit={submit}>
        {fields.map(one =>
          one.choices.length ? (
            <Select
              key={one.name}
              size="xs"
              label={one.label}
              withAsterisk={one.required}
              data={[...one.choices]}
              value={values[one.name] ?? null}
              onChange={value => put(one.name, value ?? "")}
            />
          ) : (
            <TextInput
              key={one.name}
              size="xs"
              label={one.label}
              withAsterisk={one.required}
              value={values[one.name] ?? ""}
              onChange={event => put(one.name, event.currentTarget.value)}
            />
          ),
        )}
        <Group>
          <Button type="submit" size="xs" loading={busy}>
            {say("submit")}
          </Button>
        </Group>
      </Stack>
    </Card>
  );
}

function Script({ question, busy, happen }: { question: string; busy: boolean; happen: Props["happen"] }) {
  const say = useTexts(texts);
  const [value, setValue] = useState("null");
  return (
    <Card title={say("browser")}>
      <Stack gap={8}>
        <Textarea
          size="xs"
          label={say("browserValue")}
          value={value}
          autosize
          onChange={event => setValue(event.currentTarget.value)}
        />
        <Pair
          busy={busy}
          first={say("browserOk")}
          second={say("browserFails")}
          choose={ok =>
            happen(
              ok
                ? { kind: "browser_result", question, ok, value: typed(value, "json") }
                : { kind: "browser_result", question, ok, error: say("browserFails") },
            )
          }
        />
      </Stack>
    </Card>
  );
}

function Call({ call, busy, happen }: { call: PreviewCall; busy: boolean; happen: Props["happen"] }) {
  const say = useTexts(texts);
  const answer = (mock: Parameters<React.ComponentProps<typeof Mock>["onChange"]>[0]) =>
    happen({
      kind: "call",
      run: call.run,
      seq: call.seq,
      response: mock ?? { status: 200, body: call.sample ?? null, failure: null },
    });
  return (
    <Card icon={<IconPlugConnected size={16} />} title={say("waitsTitle", { step: call.step })}>
      <Value value={requestLine(call.request)} label={say("request")} />
      <Group gap={6} align="flex-end" mt="xs">
        <Button size="xs" loading={busy} onClick={() => answer(null)}>
          {say("usual")}
        </Button>
        <Mock mock={undefined} sample={call.sample} onChange={answer} placeholder={say("answerIt")} />
      </Group>
    </Card>
  );
}

const DECISIONS: Readonly<Record<PreviewApproval["about"], readonly Decision[]>> = {
  approval: ["approve", "reject", "expire"],
  outcome: ["happened", "retry", "take_over"],
};

function Approval({ approval, busy, happen }: { approval: PreviewApproval; busy: boolean; happen: Props["happen"] }) {
  const say = useTexts(texts);
  const { card, about } = approval;
  const words = { take_over: "takeOver" } as const;
  return (
    <Card
      icon={<IconShieldCheck size={16} />}
      title={say(about === "approval" ? "approvalTitle" : "outcomeTitle")}
      accent
    >
      <Text fz="sm" fw={550}>
        {String(card.description ?? "")}
      </Text>
      <Text fz="xs" c="dimmed" mb={6}>
        {say("rule")}: {String(card.rule ?? "")}
      </Text>
      <Value value={requestLine(card.request)} label={say("request")} />
      <Group gap={6} mt="xs">
        {DECISIONS[about].map((decision, at) => (
          <Button
            key={decision}
            size="xs"
            variant={at === 0 ? "filled" : "default"}
            disabled={busy}
            onClick={() => happen({ kind: "decision", approval: approval.id, decision, reason: say("reject") })}
          >
            {say(decision === "take_over" ? words.take_over : decision)}
          </Button>
        ))}
      </Group>
    </Card>
  );
}

/** A request in short: method, address and body; anything else as it is. */
export function requestLine(request: unknown): string {
  const one = (request ?? {}) as Record<string, unknown>;
  if (typeof one.method !== "string") return JSON.stringify(request, null, 2);
  const body = one.body === undefined || one.body === null ? "" : `\n${String(one.body)}`;
  return `${one.method} ${String(one.url ?? "")}${body}`;
}

interface PairProps {
  readonly first: string;
  readonly second: string;
  readonly busy: boolean;
  readonly choose: (first: boolean) => void;
}

function Pair({ first, second, busy, choose }: PairProps) {
  return (
    <Group gap={6}>
      <Button size="xs" disabled={busy} onClick={() => choose(true)}>
        {first}
      </Button>
      <Button size="xs" variant="default" disabled={busy} onClick={() => choose(false)}>
        {second}
      </Button>
    </Group>
  );
}

interface CardProps {
  readonly title: string;
  readonly icon?: ReactNode;
  readonly accent?: boolean;
  readonly children: ReactNode;
}

function Card({ title, icon, accent, children }: CardProps) {
  return (
    <Paper withBorder p="sm" component="section" aria-label={title}>
      <Group gap={6} mb={6} wrap="nowrap">
        {icon && (
          <Badge circle size="lg" color={accent ? "orange" : "gray"} aria-hidden>
            {icon}
          </Badge>
        )}
        <Text fz="sm" fw={600}>
          {title}
        </Text>
      </Group>
      {children}
    </Paper>
  );
}

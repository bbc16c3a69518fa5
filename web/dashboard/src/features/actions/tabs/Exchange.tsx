import { Badge, Code, Group, SimpleGrid, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useLanguage, useTexts } from "../../../i18n/language";
import type { PlainKey } from "../../../i18n/texts";
import { Copy } from "../../../ui/Copy";
import { duration } from "../../../ui/time";
import { Value } from "../../talk/Http";
import { tests } from "./testTexts";

interface Props {
  readonly request: Readonly<Record<string, unknown>> | null;
  readonly curl: string | null;
  readonly status: number | null;
  readonly milliseconds: number | null;
  readonly response: unknown;
  readonly problem: string | null;
  /** What is said in place of an answer. */
  readonly noAnswer: string;
  readonly outcome?: string | null;
}

/** A request as it went out, without credentials, and beside it what came back. */
export function Exchange(props: Props) {
  const say = useTexts(tests);
  const { language } = useLanguage();
  const { request, curl, status, milliseconds, response } = props;
  const answered = response !== null && response !== undefined;
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md">
      <Side title={say("request")} beside={curl && <Copy value={curl} label={say("curl")} />}>
        {request ? <Request request={request} /> : <Text fz="sm">{say("cleared")}</Text>}
      </Side>
      <Side
        title={say("response")}
        beside={
          <Group gap={6}>
            {status !== null && (
              <Badge color={status < 300 ? "teal" : "red"} variant="light">
                {status}
              </Badge>
            )}
            {milliseconds !== null && (
              <Text fz="xs" c="dimmed">
                {duration(milliseconds, language)}
              </Text>
            )}
            {props.outcome && <OutcomeBadge status={props.outcome} />}
          </Group>
        }
      >
        {props.problem && (
          <Text fz="sm" c="red">
            {props.problem}
          </Text>
        )}
        {answered ? (
          <Value value={response} label={say("response")} />
        ) : (
          !props.problem && <Text fz="sm">{props.noAnswer}</Text>
        )}
      </Side>
    </SimpleGrid>
  );
}

function Request({ request }: { request: Readonly<Record<string, unknown>> }) {
  const say = useTexts(tests);
  const { method, url, headers, body, ...rest } = request;
  if (typeof url !== "string") return <Value value={request} label={say("request")} />;
  const lines = Object.entries((headers as Record<string, string>) ?? {}).map(([name, value]) => `${name}: ${value}`);
  const others = Object.entries(rest);
  return (
    <>
      <Group gap={6} wrap="nowrap" align="flex-start">
        <Badge variant="outline">{String(method)}</Badge>
        <Code style={{ overflowWrap: "anywhere" }}>{url}</Code>
      </Group>
      {lines.length > 0 && <Value value={lines.join("\n")} label={say("headers")} />}
      {body !== undefined && body !== null && <Value value={parsed(body)} label={say("body")} />}
      {others.map(([name, value]) => (
        <Text key={name} fz="xs" c="dimmed">
          {name}: {typeof value === "string" ? value : JSON.stringify(value)}
        </Text>
      ))}
    </>
  );
}

function Side({ title, beside, children }: { title: string; beside: ReactNode; children: ReactNode }) {
  return (
    <Stack gap={6} component="section" aria-label={title} style={{ minWidth: 0 }}>
      <Group justify="space-between" mih={26}>
        <Text fz="sm" fw={650}>
          {title}
        </Text>
        {beside}
      </Group>
      {children}
    </Stack>
  );
}

const COLOURS: Readonly<Record<string, string>> = { succeeded: "teal", failed: "red", unknown: "orange", sent: "blue" };

/** What became of a call. */
export function OutcomeBadge({ status }: { status: string }) {
  const say = useTexts(tests);
  const labels: Readonly<Record<string, PlainKey<typeof tests.en>>> = {
    succeeded: "succeeded",
    failed: "statusFailed",
    unknown: "unknown",
    sent: "sent",
    intended: "intended",
    lapsed: "lapsed",
  };
  const label = labels[status];
  return <Badge color={COLOURS[status] ?? "gray"}>{label ? say(label) : status}</Badge>;
}

function parsed(body: unknown): unknown {
  if (typeof body !== "string") return body;
  try {
    return JSON.parse(body);
  } catch {
    return body; // a form, a text, or JSON with a secret's mark in it
  }
}

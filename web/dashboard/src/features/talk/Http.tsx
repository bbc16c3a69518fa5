/** A request and its answer, redacted as the server keeps them; each can be copied. */

import type { Act } from "@deskhand/contract";
import { Badge, Box, Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useLanguage, useTexts } from "../../i18n/language";
import { Copy, CopyId } from "../../ui/Copy";
import { duration } from "../../ui/time";
import { curlOf, requestOf } from "./curl";
import classes from "./Http.module.css";
import { ActStatus } from "./Status";
import { talk } from "./texts";

/** Everything that is known of one act. */
export function ActView({ act }: { act: Act }) {
  const say = useTexts(talk);
  const answer = record(act.response);
  return (
    <Stack gap="xs">
      <Part title={say("request")}>
        <RequestView act={act} />
      </Part>
      <Part title={say("response")} beside={<Outcome act={act} answer={answer} />}>
        {answer ? <AnswerView answer={answer} /> : <Dim>{say(act.status === "sent" ? "noAnswer" : "cleared")}</Dim>}
      </Part>
      <Group gap={6} wrap="nowrap">
        <Text fz="xs" c="dimmed" style={{ whiteSpace: "nowrap" }}>
          {say("key")}
        </Text>
        <CopyId id={act.key} />
      </Group>
    </Stack>
  );
}

function RequestView({ act }: { act: Act }) {
  const say = useTexts(talk);
  const request = requestOf(act.request);
  if (!act.request) return <Dim>{say("cleared")}</Dim>;
  if (!request) return <Value value={act.request} label={say("request")} />;
  return (
    <Stack gap={6}>
      <div className={classes.line}>
        <Badge variant="outline">{request.method}</Badge>
        <span className={classes.url}>{request.url}</span>
        <Copy value={curlOf(request)} label={say("copyCurl")} />
      </div>
      {Object.keys(request.headers).length > 0 && (
        <Value
          value={Object.entries(request.headers)
            .map(([name, value]) => `${name}: ${value}`)
            .join("\n")}
          label={say("headers")}
        />
      )}
      {request.body === null ? <Dim>{say("noBody")}</Dim> : <Value value={parsed(request.body)} label={say("body")} />}
    </Stack>
  );
}

function Outcome({ act, answer }: { act: Act; answer: Record<string, unknown> | null }) {
  const { language } = useLanguage();
  return (
    <Group gap={6}>
      {typeof answer?.status === "number" && <Badge variant="default">{answer.status}</Badge>}
      {typeof answer?.ms === "number" && (
        <Text fz="xs" c="dimmed">
          {duration(answer.ms, language)}
        </Text>
      )}
      <ActStatus status={act.status} />
    </Group>
  );
}

function AnswerView({ answer }: { answer: Record<string, unknown> }) {
  const say = useTexts(talk);
  const problem = typeof answer.problem === "string" ? answer.problem : null;
  return (
    <Stack gap={6}>
      {problem && <Text fz="sm">{problem}</Text>}
      {answer.body === null || answer.body === undefined ? (
        !problem && <Dim>{say("noBody")}</Dim>
      ) : (
        <Value value={answer.body} label={say("body")} />
      )}
    </Stack>
  );
}

/** A value as indented JSON, or a text as it stands, with a button to copy it. */
export function Value({ value, label }: { value: unknown; label: string }) {
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  return (
    <Box>
      <Group gap={4} mb={2}>
        <Text fz="xs" c="dimmed">
          {label}
        </Text>
        <Copy value={text} />
      </Group>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <pre className={classes.code} tabIndex={0}>
        {text}
      </pre>
    </Box>
  );
}

function Part({ title, beside, children }: { title: string; beside?: ReactNode; children: ReactNode }) {
  return (
    <section className={classes.part}>
      <Group justify="space-between" mb={6}>
        <Text fz="xs" fw={650}>
          {title}
        </Text>
        {beside}
      </Group>
      {children}
    </section>
  );
}

function Dim({ children }: { children: ReactNode }) {
  return (
    <Text fz="sm" c="dimmed">
      {children}
    </Text>
  );
}

function parsed(body: unknown): unknown {
  if (typeof body !== "string") return body;
  try {
    return JSON.parse(body);
  } catch {
    return body; // no JSON, or one with a secret's placeholder in it
  }
}

function record(value: unknown): Record<string, unknown> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}

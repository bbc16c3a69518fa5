/** The request that is decided about: readable, raw, and as a command. */

import type { Approval } from "@deskhand/contract";
import { Badge, Group, SegmentedControl, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTexts } from "../../i18n/language";
import { Copy } from "../../ui/Copy";
import { curlOf, requestOf } from "../talk/curl";
import classes from "./approvals.module.css";
import { actName, written } from "./shared";
import { approvals } from "./texts";

type View = "pretty" | "raw" | "first";

export function RequestShown({ approval }: { approval: Approval }) {
  const say = useTexts(approvals);
  const [view, setView] = useState<View>("pretty");
  const { card } = approval;
  const toBeSent = approval.status === "pending" && approval.about === "approval";
  const title = say(toBeSent ? "whatIsSent" : "whatWasSent");
  const shown = view === "first" && card.edited ? card.edited.request : card.request;
  const http = requestOf(shown);
  const raw = JSON.stringify(shown, null, 2);
  const views: View[] = card.edited ? ["pretty", "raw", "first"] : ["pretty", "raw"];
  return (
    <section className={classes.part} aria-label={title}>
      <Group justify="space-between" mb="xs" gap="xs">
        <Group gap={8}>
          <Text fz="sm" fw={650}>
            {title}
          </Text>
          <Badge variant="default">{actName(card.act, say)}</Badge>
        </Group>
        <Group gap={6}>
          <SegmentedControl
            size="xs"
            aria-label={title}
            value={view}
            onChange={value => setView(value as View)}
            data={views.map(value => ({ value, label: say(value === "first" ? "firstForm" : value) }))}
          />
          <Copy value={http ? curlOf(http) : raw} label={say(http ? "copyCurl" : "copyRequest")} />
        </Group>
      </Group>
      {view === "raw" ? <Code text={raw} label={say("raw")} /> : <Pretty act={card.act} request={shown} />}
    </section>
  );
}

function Pretty({ act, request }: { act: string; request: Readonly<Record<string, unknown>> }) {
  const say = useTexts(approvals);
  const http = requestOf(request);
  if (!http) return <Pairs values={request} label={actName(act, say)} />;
  const headers = Object.entries(http.headers);
  return (
    <Stack gap="xs">
      <div className={classes.line}>
        <Badge variant="outline" style={{ flexShrink: 0 }}>
          {http.method}
        </Badge>
        <span className={classes.mono}>{http.url}</span>
      </div>
      {headers.length > 0 && <Pairs values={http.headers} label={say("headers")} mono />}
      {http.body !== null && http.body !== "" && <Body body={http.body} />}
      {JSON.stringify(request).includes("{{secrets.") && (
        <Text fz="xs" c="dimmed">
          {say("secretsNote")}
        </Text>
      )}
    </Stack>
  );
}

/** A body field by field where it is a flat object, else as it stands. */
function Body({ body }: { body: unknown }) {
  const say = useTexts(approvals);
  const value = parsed(body);
  if (isFlat(value)) return <Pairs values={value} label={say("body")} />;
  return <Code text={typeof value === "string" ? value : JSON.stringify(value, null, 2)} label={say("body")} />;
}

export function Pairs({
  values,
  label,
  mono,
}: {
  values: Readonly<Record<string, unknown>>;
  label: string;
  mono?: boolean;
}) {
  const say = useTexts(approvals);
  return (
    <dl className={classes.pairs} aria-label={label}>
      {Object.entries(values).map(([name, value]) => (
        <div key={name} style={{ display: "contents" }}>
          <dt>{name}</dt>
          <dd className={mono || isDeep(value) ? classes.mono : undefined}>
            {isDeep(value) ? <Deep value={value} label={name} /> : written(value, say("empty"))}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Code({ text, label }: { text: string; label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section className={classes.code} tabIndex={0} aria-label={label}>
      <pre className={classes.plain}>{text}</pre>
    </section>
  );
}

/** An object or a list, in a box of its own that scrolls where it is long. */
function Deep({ value, label }: { value: unknown; label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section className={`${classes.code} ${classes.deep}`} tabIndex={0} aria-label={label}>
      {JSON.stringify(value, null, 2)}
    </section>
  );
}

function isDeep(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

function isFlat(value: unknown): value is Record<string, unknown> {
  return isDeep(value) && !Array.isArray(value) && !Object.values(value as object).some(isDeep);
}

function parsed(body: unknown): unknown {
  if (typeof body !== "string") return body;
  try {
    return JSON.parse(body);
  } catch {
    return body; // no JSON, or one with a secret's placeholder in it
  }
}

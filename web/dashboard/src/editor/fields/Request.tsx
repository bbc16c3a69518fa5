/** The fields of an HTTP request: of a call, or of a button. */

import { Stack } from "@mantine/core";
import { $api } from "../../api/client";
import { useTexts } from "../../i18n/language";
import { AuthField } from "./Auth";
import { CodeField } from "./CodeField";
import { useField } from "./context";
import { PairsField } from "./PairsField";
import { ChoiceField, NumberField, PlainField, StatusesField, ThreeWayField } from "./plain";
import { TemplateField } from "./TemplateField";
import { fieldTexts } from "./texts";
import { METHODS } from "./values";

/** The header that carries the key where none is named. */
const DEFAULT_HEADER = "Idempotency-Key";

/** Method, address, what is sent. */
export function RequestFields() {
  const say = useTexts(fieldTexts);
  const method = useField("method").value;
  return (
    <Stack gap="sm">
      <ChoiceField
        name="method"
        label={say("method")}
        byDefault="GET"
        options={METHODS.map(value => ({ value, label: value }))}
      />
      <ConnectionField />
      <TemplateField name="url" label={say("url")} hint={say("urlHint")} required singleLine />
      {method !== undefined && method !== "GET" && (
        <CodeField name="body" label={say("body")} hint={say("bodyHint")} language="json" template />
      )}
    </Stack>
  );
}

/** Headers, query, other kinds of bodies, authentication, repeating. */
export function RequestDetails() {
  const say = useTexts(fieldTexts);
  return (
    <Stack gap="sm">
      <PairsField name="query" label={say("query")} nameLabel={say("name")} valueLabel={say("value")} />
      <PairsField
        name="headers"
        label={say("headers")}
        nameLabel={say("name")}
        valueLabel={say("value")}
        offered={["Accept", "Accept-Language", "If-Match", "X-Request-Id"]}
      />
      <PairsField
        name="form"
        label={say("formBody")}
        hint={say("formBodyHint")}
        nameLabel={say("name")}
        valueLabel={say("value")}
      />
      <TemplateField name="text" label={say("textBody")} hint={say("textBodyHint")} />
      <AuthField />
      <NumberField name="timeout" label={say("timeout")} byDefault={30} min={0.1} max={120} />
      <RepeatFields />
      <PlainField name="idempotency_header" label={say("idempotencyHeader")} placeholder={DEFAULT_HEADER} mono />
      <StatusesField name="definite_statuses" label={say("definiteStatuses")} hint={say("definiteStatusesHint")} />
    </Stack>
  );
}

function RepeatFields() {
  const say = useTexts(fieldTexts);
  const words = [say("byMethod"), say("yes"), say("no")] as const;
  return (
    <>
      <ThreeWayField name="read_only" label={say("readOnly")} hint={say("readOnlyHint")} words={words} />
      <ThreeWayField name="idempotent" label={say("idempotent")} hint={say("idempotentHint")} words={words} />
    </>
  );
}

/** One of the workspace's connections. */
export function ConnectionField({ required, mcp }: { required?: boolean; mcp?: boolean }) {
  const say = useTexts(fieldTexts);
  const { data } = $api.useQuery("get", "/v1/connections", {}, { staleTime: 30_000 });
  const options = (data?.items ?? []).map(one => ({ value: one.slug, label: one.slug }));
  return (
    <ChoiceField
      name="connection"
      label={mcp ? say("server") : say("connection")}
      required={required}
      options={options}
      otherwise={required ? say("choose") : say("none")}
      search
    />
  );
}

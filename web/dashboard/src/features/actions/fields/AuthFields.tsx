import { Code, NativeSelect, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useTexts } from "../../../i18n/language";
import type { Auth } from "../model";
import { SecretField } from "./SecretField";
import { fields } from "./texts";

const WAYS = [
  "bearer",
  "basic",
  "header",
  "query",
  "body",
  "oauth2_client_credentials",
  "oauth2_refresh_token",
] as const;

interface Props {
  readonly value: Auth | null | undefined;
  readonly onChange: (auth: Auth | null) => void;
  /** Whose authentication it is: the beginning of its secrets' names. */
  readonly owner: string;
  /** What holds where nothing is chosen. */
  readonly otherwise: string;
  readonly locked: boolean;
  readonly label?: string;
  /** Where it stands in the document: `request.auth`. */
  readonly field: string;
  readonly problem: (field: string) => ReactNode;
  /** Ways that do not make sense here. */
  readonly without?: readonly string[];
}

/** How calls prove who sends them; credentials are secrets, shown as dots and replaced only. */
export function AuthFields({ value, onChange, owner, otherwise, locked, label, field, problem, without }: Props) {
  const say = useTexts(fields);
  const ways = WAYS.filter(way => !without?.includes(way));
  const set = (patch: Partial<Auth>) => value && onChange({ ...value, ...patch });
  const text = (key: "username" | "name" | "token_url" | "client_id" | "scope" | "audience", title: string) => (
    <TextInput
      label={title}
      value={value?.[key] ?? ""}
      onChange={event => set({ [key]: event.currentTarget.value || (OPTIONAL.has(key) ? null : "") })}
      placeholder={EXAMPLES[key === "name" && value?.kind !== "header" ? "parameter" : key]}
      error={problem(`${field}.${key}`)}
      disabled={locked}
      spellCheck={false}
      description={OPTIONAL.has(key) ? say("optional") : undefined}
      inputWrapperOrder={["label", "input", "description", "error"]}
    />
  );
  const secret = (key: "secret" | "refresh_secret", title: string, ending: string, optional = false) => (
    <SecretField
      key={`${value?.kind} ${key}`}
      label={title}
      value={value?.[key]}
      onChange={name => set({ [key]: name })}
      suggested={secretName(owner, ending)}
      error={problem(`${field}.${key}`)}
      optional={optional}
    />
  );
  const kind = value?.kind;
  return (
    <Stack maw={640}>
      <NativeSelect
        label={label ?? say("authKind")}
        data={[{ value: "", label: otherwise }, ...ways.map(way => ({ value: way, label: say(way) }))]}
        value={kind ?? ""}
        onChange={event => onChange(begun(event.currentTarget.value))}
        disabled={locked}
        error={problem(field)}
      />
      {kind === "bearer" && secret("secret", say("credential"), "TOKEN")}
      {kind === "basic" && text("username", say("username"))}
      {kind === "basic" && secret("secret", say("credential"), "PASSWORD")}
      {kind === "header" && text("name", say("headerName"))}
      {(kind === "query" || kind === "body") && text("name", say("parameterName"))}
      {(kind === "header" || kind === "query" || kind === "body") && secret("secret", say("credential"), "KEY")}
      {kind === "body" && (
        <Text fz="xs" c="dimmed">
          {say("bodyNeedsObject")}
        </Text>
      )}
      {kind?.startsWith("oauth2") && (
        <>
          {text("token_url", say("tokenUrl"))}
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            {text("client_id", say("clientId"))}
            <NativeSelect
              label={say("style")}
              data={[
                { value: "header", label: say("styleHeader") },
                { value: "body", label: say("styleBody") },
              ]}
              value={value?.style ?? "header"}
              onChange={event => set({ style: event.currentTarget.value })}
              disabled={locked}
            />
            {text("scope", say("scope"))}
            {kind === "oauth2_client_credentials" && text("audience", say("audience"))}
          </SimpleGrid>
          {secret("secret", say("clientSecret"), "CLIENT_SECRET", kind === "oauth2_refresh_token")}
          {kind === "oauth2_refresh_token" && secret("refresh_secret", say("refreshToken"), "REFRESH_TOKEN")}
        </>
      )}
      {value && <Sent auth={value} />}
    </Stack>
  );
}

function Sent({ auth }: { auth: Auth }) {
  const say = useTexts(fields);
  const dots = "••••••••";
  const name = auth.name || "…";
  const sent: Record<string, string> = {
    bearer: `Authorization: Bearer ${dots}`,
    basic: `Authorization: Basic base64(${auth.username || "…"}:${dots})`,
    header: `${name}: ${dots}`,
    query: `?${name}=${dots}`,
    body: `{"${name}": "${dots}", …}`,
  };
  return (
    <Text fz="sm" c="dimmed">
      {say("sends")}: <Code>{sent[auth.kind] ?? `Authorization: Bearer ${dots}`}</Code>
    </Text>
  );
}

const OPTIONAL = new Set(["scope", "audience"]);
const EXAMPLES: Readonly<Record<string, string>> = {
  name: "X-API-Key",
  parameter: "api_key",
  token_url: "https://auth.example.com/oauth/token",
  username: "support@example.com",
};

function begun(kind: string): Auth | null {
  if (!kind) return null;
  const named =
    kind === "header" ? { name: "X-API-Key" } : kind === "query" || kind === "body" ? { name: "api_key" } : {};
  return { kind, ...named };
}

/** `SHOP_TOKEN`: what a secret is called that belongs to somebody. */
export function secretName(owner: string, ending: string): string {
  const begin =
    owner
      .toUpperCase()
      .replace(/[^A-Z0-9]+/g, "_")
      .replace(/^_+|_+$/g, "") || "MY";
  const start = /^[A-Z]/.test(begin) ? begin : `S_${begin}`;
  return `${start.slice(0, 40)}_${ending}`;
}

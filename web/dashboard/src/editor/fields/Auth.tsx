/** How a call proves who sends it; secrets by name only. */

import { PasswordInput, Select, Stack, TextInput } from "@mantine/core";
import { $api } from "../../api/client";
import { useTexts } from "../../i18n/language";
import { useField } from "./context";
import { fieldTexts } from "./texts";

/** The fields of every kind of authentication; secrets are chosen, never typed. */
const KINDS = {
  bearer: ["secret"],
  basic: ["username", "secret"],
  header: ["name", "secret"],
  body: ["name", "secret"],
  query: ["name", "secret"],
  oauth2_client_credentials: ["token_url", "client_id", "secret", "scope", "audience"],
  oauth2_refresh_token: ["token_url", "client_id", "secret", "refresh_secret", "scope"],
} as const;
type AuthKind = keyof typeof KINDS;

export function AuthField() {
  const say = useTexts(fieldTexts);
  const field = useField("auth");
  const value = (field.value ?? null) as Record<string, unknown> | null;
  const kind = (value?.kind ?? null) as AuthKind | null;
  const begin = (chosen: AuthKind | null) => {
    if (chosen === null) return field.set(undefined);
    const kept = KINDS[chosen].flatMap(name => (value?.[name] === undefined ? [] : [[name, value[name]] as const]));
    field.set({ kind: chosen, ...Object.fromEntries(kept) });
  };
  return (
    <Stack gap="sm" data-field="auth">
      <Select
        label={say("auth")}
        placeholder={say("authOfConnection")}
        data={(Object.keys(KINDS) as AuthKind[]).map(one => ({ value: one, label: say(`auth_${one}`) }))}
        value={kind}
        clearable
        readOnly={field.locked}
        error={field.error}
        onChange={chosen => begin(chosen as AuthKind | null)}
      />
      {kind !== null &&
        KINDS[kind]?.map(name => (
          <AuthPart
            key={name}
            name={name}
            value={value?.[name]}
            locked={field.locked}
            set={next => field.set({ ...value, [name]: next === "" ? undefined : next })}
          />
        ))}
    </Stack>
  );
}

interface PartProps {
  readonly name: (typeof KINDS)[AuthKind][number];
  readonly value: unknown;
  readonly locked: boolean;
  readonly set: (value: string) => void;
}

function AuthPart({ name, value, locked, set }: PartProps) {
  const say = useTexts(fieldTexts);
  const label = say(`authPart_${name}`);
  const text = typeof value === "string" ? value : "";
  if (name === "secret" || name === "refresh_secret")
    return <SecretName label={label} value={text} locked={locked} set={set} />;
  return (
    <TextInput
      label={label}
      value={text}
      readOnly={locked}
      onChange={event => set(event.currentTarget.value)}
      autoComplete="off"
    />
  );
}

function SecretName({
  label,
  value,
  locked,
  set,
}: {
  label: string;
  value: string;
  locked: boolean;
  set: (value: string) => void;
}) {
  const say = useTexts(fieldTexts);
  const { data, error } = $api.useQuery("get", "/v1/secrets", {}, { retry: false, staleTime: 60_000 });
  if (error) return <PasswordInput label={label} value={value} readOnly onChange={() => {}} />;
  const names = (data?.items ?? []).map(one => one.name);
  return (
    <Select
      label={label}
      description={say("secretHint")}
      data={value && !names.includes(value) ? [...names, value] : names}
      value={value || null}
      readOnly={locked}
      searchable
      allowDeselect={false}
      onChange={chosen => set(chosen ?? "")}
    />
  );
}

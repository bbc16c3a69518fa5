import { Box, Button, Code, Group, Input, NativeSelect, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { $api } from "../../../api/client";
import { useMayBuild } from "../../../app/session";
import { useTexts } from "../../../i18n/language";
import { ErrorNote } from "../../../ui/ErrorNote";
import { ui } from "../../../ui/texts";
import { fields } from "./texts";
import { useUsers } from "./users";

interface Props {
  readonly label: string;
  /** The name of the secret that is used. */
  readonly value: string | null | undefined;
  readonly onChange: (name: string | null) => void;
  /** What a new secret is called, unless it is said otherwise. */
  readonly suggested: string;
  readonly error?: ReactNode;
  readonly optional?: boolean;
}

/** A credential: dots and a name. It can be replaced, or another secret used; nothing shows what it is. */
export function SecretField({ label, value, onChange, suggested, error, optional }: Props) {
  const say = useTexts(fields);
  const builds = useMayBuild();
  const [mode, setMode] = useState<"shown" | "enter" | "choose">(value ? "shown" : "enter");
  const done = (name: string) => {
    onChange(name);
    setMode("shown");
  };
  if (!builds) {
    return (
      <Input.Wrapper label={label} description={say("buildersSee")}>
        <Text fz="sm">{value ? "••••••••" : say("none")}</Text>
      </Input.Wrapper>
    );
  }
  return (
    <Input.Wrapper
      label={label}
      labelElement="div"
      description={mode === "shown" ? say("stored") : undefined}
      error={error}
    >
      <Box mt={4}>
        {mode === "shown" && (
          <Group gap="xs">
            <IconLock size={16} aria-hidden />
            <Text span aria-hidden>
              ••••••••
            </Text>
            {value ? <Code>{value}</Code> : <Text fz="sm">{say("none")}</Text>}
            <Button size="compact-sm" variant="default" onClick={() => setMode("enter")}>
              {say(value ? "replace" : "enter")}
            </Button>
            <Button size="compact-sm" variant="subtle" onClick={() => setMode("choose")}>
              {say("choose")}
            </Button>
          </Group>
        )}
        {mode === "enter" && (
          <NewSecret
            label={label}
            name={value ?? suggested}
            done={done}
            choose={() => setMode("choose")}
            back={value || optional ? () => setMode("shown") : undefined}
          />
        )}
        {mode === "choose" && <Stored label={label} value={value} done={done} enter={() => setMode("enter")} />}
      </Box>
    </Input.Wrapper>
  );
}

interface NewProps {
  readonly label: string;
  readonly name: string;
  readonly done: (name: string) => void;
  readonly choose: () => void;
  readonly back?: () => void;
}

function NewSecret({ label, name, done, choose, back }: NewProps) {
  const say = useTexts(fields);
  const shared = useTexts(ui);
  const queries = useQueryClient();
  const { data } = $api.useQuery("get", "/v1/secrets");
  const named = useUsers();
  const [value, setValue] = useState("");
  const [own, setOwn] = useState<string | null>(null);
  const chosen = own ?? name;
  const users = data?.items.find(one => one.name === chosen)?.used_by ?? [];
  const storing = $api.useMutation("put", "/v1/secrets/{name}", {
    onSuccess: async stored => {
      setValue("");
      await queries.invalidateQueries({ queryKey: ["get", "/v1/secrets"] });
      done(stored.name);
    },
  });
  const store = () => storing.mutate({ params: { path: { name: chosen } }, body: { value } });
  return (
    <Stack gap="xs">
      <Group gap="xs" align="flex-end">
        <PasswordInput
          aria-label={`${label}: ${say("newValue")}`}
          placeholder={say("newValue")}
          value={value}
          onChange={event => setValue(event.currentTarget.value)}
          onKeyDown={event => {
            if (event.key !== "Enter" || !value) return;
            event.preventDefault();
            store();
          }}
          autoComplete="off"
          flex="2 1 200px"
        />
        <TextInput
          label={say("secretName")}
          value={chosen}
          onChange={event => setOwn(event.currentTarget.value.toUpperCase().replace(/[^A-Z0-9_]/g, "_"))}
          spellCheck={false}
          flex="1 1 160px"
        />
        <Button onClick={store} disabled={!value || !chosen} loading={storing.isPending}>
          {say("store")}
        </Button>
      </Group>
      <Text fz="xs" c="dimmed">
        {users.length ? say("alsoUsed", { users: named(users) }) : say("newValueHint")}
      </Text>
      {storing.error && <ErrorNote error={storing.error} />}
      <Group gap="xs">
        <Button size="compact-sm" variant="subtle" onClick={choose}>
          {say("choose")}
        </Button>
        {back && (
          <Button size="compact-sm" variant="subtle" color="gray" onClick={back}>
            {shared("cancel")}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

interface StoredProps {
  readonly label: string;
  readonly value: string | null | undefined;
  readonly done: (name: string) => void;
  readonly enter: () => void;
}

function Stored({ label, value, done, enter }: StoredProps) {
  const say = useTexts(fields);
  const { data } = $api.useQuery("get", "/v1/secrets");
  const names = (data?.items ?? []).map(one => one.name);
  return (
    <Group gap="xs">
      {names.length ? (
        <NativeSelect
          aria-label={`${label}: ${say("pick")}`}
          data={[{ value: "", label: say("pick") }, ...names]}
          value={value && names.includes(value) ? value : ""}
          onChange={event => event.currentTarget.value && done(event.currentTarget.value)}
          miw={220}
        />
      ) : (
        <Text fz="sm">{say("noSecrets")}</Text>
      )}
      <Button size="compact-sm" variant="subtle" onClick={enter}>
        {say("enter")}
      </Button>
    </Group>
  );
}

/** Settings, secrets: their names, what uses them; a value goes in and never comes out. */

import type { Secret } from "@deskhand/contract";
import { Button, Code, Group, Modal, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { IconLock, IconPlus } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { $api, api } from "../../../api/client";
import { useTexts } from "../../../i18n/language";
import { Confirm } from "../../../ui/confirm";
import { type Column, DataTable } from "../../../ui/DataTable";
import { Empty } from "../../../ui/Empty";
import { ErrorNote } from "../../../ui/ErrorNote";
import { useFilters } from "../../../ui/filters";
import { Loaded } from "../../../ui/Loaded";
import { ui } from "../../../ui/texts";
import { Ago } from "../../../ui/time";
import { useUsers } from "../../actions/fields/users";
import { Section } from "../Section";
import { secrets } from "./texts";

export default function Secrets() {
  const say = useTexts(secrets);
  const query = $api.useQuery("get", "/v1/secrets");
  const [{ q }, set] = useFilters(["q"]);
  const [storing, setStoring] = useState<string | null>(null);
  const [removing, setRemoving] = useState<Secret | null>(null);
  const columns = useColumns(setStoring, setRemoving);
  const add = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setStoring("")}>
      {say("add")}
    </Button>
  );
  return (
    <Section title={say("title")} lead={say("lead")} actions={add}>
      <Loaded query={query}>
        {({ items }) =>
          items.length ? (
            <Stack>
              {items.length > 8 && (
                <TextInput
                  aria-label={say("search")}
                  placeholder={say("search")}
                  value={q}
                  onChange={event => set({ q: event.currentTarget.value })}
                  maw={320}
                />
              )}
              <DataTable
                label={say("title")}
                rows={items.filter(one => one.name.includes(q.toUpperCase()))}
                columns={columns}
                id={one => one.name}
              />
            </Stack>
          ) : (
            <Empty icon={IconLock} title={say("empty")} action={add}>
              {say("emptyText")}
            </Empty>
          )
        }
      </Loaded>
      {storing !== null && <Store name={storing} known={query.data?.items ?? []} close={() => setStoring(null)} />}
      {removing && <Remove of={removing} close={() => setRemoving(null)} />}
    </Section>
  );
}

function useColumns(replace: (name: string) => void, remove: (secret: Secret) => void): readonly Column<Secret>[] {
  const say = useTexts(secrets);
  const named = useUsers();
  return [
    { id: "name", title: say("name"), cell: one => <Code>{one.name}</Code> },
    { id: "replaced", title: say("replaced"), cell: one => <Ago at={one.updated_at} /> },
    {
      id: "used",
      title: say("usedBy"),
      cell: one => (
        <Text span fz="sm" c={one.used_by.length ? undefined : "dimmed"}>
          {named(one.used_by) || say("unused")}
        </Text>
      ),
    },
    {
      id: "buttons",
      title: "",
      align: "right",
      cell: one => (
        <Group gap={4} justify="flex-end" wrap="nowrap">
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => replace(one.name)}
            aria-label={say("replaceNamed", { name: one.name })}
          >
            {say("replace")}
          </Button>
          <Button
            size="compact-sm"
            variant="subtle"
            color="red"
            onClick={() => remove(one)}
            aria-label={say("removeNamed", { name: one.name })}
          >
            {say("remove")}
          </Button>
        </Group>
      ),
    },
  ];
}

interface StoreProps {
  readonly name: string;
  readonly known: readonly Secret[];
  readonly close: () => void;
}

function Store({ name, known, close }: StoreProps) {
  const say = useTexts(secrets);
  const shared = useTexts(ui);
  const queries = useQueryClient();
  const [chosen, setChosen] = useState(name);
  const [value, setValue] = useState("");
  const exists = known.some(one => one.name === chosen);
  const storing = $api.useMutation("put", "/v1/secrets/{name}", {
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ["get", "/v1/secrets"] });
      close();
    },
  });
  const store = (event: FormEvent) => {
    event.preventDefault();
    storing.mutate({ params: { path: { name: chosen } }, body: { value } });
  };
  return (
    <Modal opened onClose={close} title={<Text fw={650}>{name ? say("replaceTitle", { name }) : say("add")}</Text>}>
      <form onSubmit={store}>
        <Stack>
          {!name && (
            <TextInput
              label={say("name")}
              description={say("nameHint")}
              value={chosen}
              onChange={event => setChosen(event.currentTarget.value.toUpperCase().replace(/[^A-Z0-9_]/g, "_"))}
              maxLength={64}
              spellCheck={false}
              data-autofocus
              required
            />
          )}
          {!name && exists && (
            <Text fz="sm" role="note">
              {say("exists")}
            </Text>
          )}
          <PasswordInput
            label={say("value")}
            description={say("valueHint")}
            value={value}
            onChange={event => setValue(event.currentTarget.value)}
            autoComplete="off"
            data-autofocus={name ? true : undefined}
            required
          />
          {storing.error && <ErrorNote error={storing.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>
              {shared("cancel")}
            </Button>
            <Button type="submit" disabled={!value || !/^[A-Z]/.test(chosen)} loading={storing.isPending}>
              {say("store")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function Remove({ of, close }: { of: Secret; close: () => void }) {
  const say = useTexts(secrets);
  const queries = useQueryClient();
  const named = useUsers();
  const used = of.used_by.length > 0;
  const run = async () => {
    await api.DELETE("/v1/secrets/{name}", { params: { path: { name: of.name }, query: { force: used } } });
    await queries.invalidateQueries({ queryKey: ["get", "/v1/secrets"] });
  };
  return (
    <Confirm
      opened
      close={close}
      title={say("removeTitle", { name: of.name })}
      action={say(used ? "anyway" : "remove")}
      danger
      run={run}
    >
      {used ? say("removeUsed", { users: named(of.used_by) }) : say("removeText")}
    </Confirm>
  );
}

import type { ShownTopic } from "@deskhand/contract";
import { ActionIcon, Button, Group, Modal, MultiSelect, Stack, Text, TextInput } from "@mantine/core";
import { IconPlus, IconTags, IconTrash } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { $api, api } from "../../api/client";
import { useMayBuild } from "../../app/session";
import { useTexts } from "../../i18n/language";
import { Confirm } from "../../ui/confirm";
import { type Column, DataTable } from "../../ui/DataTable";
import { Empty } from "../../ui/Empty";
import { ErrorNote } from "../../ui/ErrorNote";
import { useFilters } from "../../ui/filters";
import { Loaded } from "../../ui/Loaded";
import { freeSlug } from "../../ui/slugs";
import { knowledge } from "./texts";

const NEW = "+";

/** Named slices of the sources. */
export function Topics() {
  const say = useTexts(knowledge);
  const builds = useMayBuild();
  const [{ open }, change] = useFilters(["open"]);
  const [removing, setRemoving] = useState<ShownTopic | null>(null);
  const query = $api.useQuery("get", "/v1/topics");
  const add = builds && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => change({ open: NEW })}>
      {say("addTopic")}
    </Button>
  );
  const columns = useColumns(builds, slug => change({ open: slug }), setRemoving);
  return (
    <Loaded query={query}>
      {({ items }) => {
        const topic = items.find(one => one.slug === open);
        return (
          <Stack>
            {items.length ? (
              <>
                <DataTable label={say("topics")} rows={items} columns={columns} id={one => one.slug} />
                <div>{add}</div>
              </>
            ) : (
              <Empty icon={IconTags} title={say("noTopics")} action={add}>
                {say("noTopicsText")}
              </Empty>
            )}
            {builds && (topic || open === NEW) && (
              <TopicDialog
                key={open}
                of={topic}
                taken={items.map(one => one.slug)}
                close={() => change({ open: "" })}
              />
            )}
            {removing && <Remove of={removing} close={() => setRemoving(null)} />}
          </Stack>
        );
      }}
    </Loaded>
  );
}

function useColumns(
  builds: boolean,
  open: (slug: string) => void,
  remove: (topic: ShownTopic) => void,
): readonly Column<ShownTopic>[] {
  const say = useTexts(knowledge);
  return [
    {
      id: "name",
      title: say("topicName"),
      cell: one =>
        builds ? (
          <Button variant="subtle" size="compact-sm" px={4} onClick={() => open(one.slug)}>
            {one.name}
          </Button>
        ) : (
          one.name
        ),
    },
    { id: "sources", title: say("topicSources"), cell: one => say("sourcesIn", { count: one.sources.length }) },
    {
      id: "acts",
      title: "",
      align: "right",
      width: 60,
      cell: one =>
        builds && (
          <ActionIcon aria-label={`${say("remove")}: ${one.name}`} onClick={() => remove(one)}>
            <IconTrash size={16} />
          </ActionIcon>
        ),
    },
  ];
}

interface DialogProps {
  readonly of: ShownTopic | undefined;
  readonly taken: readonly string[];
  readonly close: () => void;
}

function TopicDialog({ of, taken, close }: DialogProps) {
  const say = useTexts(knowledge);
  const queries = useQueryClient();
  const known = $api.useQuery("get", "/v1/sources");
  const [name, setName] = useState(of?.name ?? "");
  const [sources, setSources] = useState(of?.sources ?? []);
  const saving = $api.useMutation("put", "/v1/topics/{slug}", {
    onSuccess: async () => {
      await queries.invalidateQueries({ predicate: one => /^\/v1\/(topics|sources)/.test(String(one.queryKey[1])) });
      close();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const slug = of?.slug ?? freeSlug(name, taken, "topic");
    saving.mutate({ params: { path: { slug } }, body: { name, sources } });
  };
  return (
    <Modal opened onClose={close} title={<Text fw={650}>{of ? of.name : say("addTopic")}</Text>}>
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            label={say("topicName")}
            value={name}
            onChange={event => setName(event.currentTarget.value)}
            maxLength={100}
            required
            withAsterisk={false}
            data-autofocus
          />
          <MultiSelect
            label={say("topicSources")}
            value={sources}
            onChange={setSources}
            data={(known.data?.items ?? []).map(one => ({ value: one.slug, label: one.name }))}
            searchable
          />
          {saving.error && <ErrorNote error={saving.error} />}
          <Group justify="flex-end">
            <Button type="submit" loading={saving.isPending} disabled={!name.trim()}>
              {say("save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function Remove({ of, close }: { of: ShownTopic; close: () => void }) {
  const say = useTexts(knowledge);
  const queries = useQueryClient();
  const run = async () => {
    await api.DELETE("/v1/topics/{slug}", { params: { path: { slug: of.slug } } });
    await queries.invalidateQueries({ predicate: one => /^\/v1\/(topics|sources)/.test(String(one.queryKey[1])) });
  };
  return (
    <Confirm opened close={close} title={say("removeTitle", { name: of.name })} action={say("remove")} danger run={run}>
      {say("topicRemoveText")}
    </Confirm>
  );
}

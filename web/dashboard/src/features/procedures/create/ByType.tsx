import {
  Button,
  Group,
  MultiSelect,
  NativeSelect,
  Radio,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { type FormEvent, useState } from "react";
import { $api } from "../../../api/client";
import { useTexts } from "../../../i18n/language";
import { ErrorNote } from "../../../ui/ErrorNote";
import { useFilters } from "../../../ui/filters";
import classes from "./Create.module.css";
import { type MakeProps, useMaking } from "./making";
import { type Begun, starter, WHATS, WHENS, type What, type When } from "./starters";
import { creating } from "./texts";

const BEGUN: Begun = { name: "", what: "flow", when: "request", description: "", sources: [] };

/** Says what it does and when it comes. */
export function ByType({ made }: MakeProps) {
  const say = useTexts(creating);
  const { make, busy, error } = useMaking(made);
  const [{ request }] = useFilters(["request"]);
  const [begun, setBegun] = useState({ ...BEGUN, description: request && say("whenAsked", { question: request }) });
  const set = (change: Partial<Begun>) => setBegun(before => ({ ...before, ...change }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void make({ document: { ...starter(begun) } });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label={say("name")}
          description={say("nameHint")}
          placeholder={say("namePlaceholder")}
          value={begun.name}
          onChange={event => set({ name: event.currentTarget.value })}
          maxLength={100}
          required
          withAsterisk={false}
          data-autofocus
        />
        <Kinds value={begun.what} choose={what => set({ what })} />
        <NativeSelect
          label={say("whenComes")}
          value={begun.when}
          onChange={event => set({ when: event.currentTarget.value as When })}
          data={WHENS.map(value => ({ value, label: say(value) }))}
        />
        {begun.when === "request" && (
          <Textarea
            label={say("when")}
            description={say("whenHint")}
            value={begun.description}
            onChange={event => set({ description: event.currentTarget.value })}
            autosize
            minRows={2}
          />
        )}
        {begun.when === "sources" && <Sources value={begun.sources} choose={sources => set({ sources })} />}
        {error !== null && <ErrorNote error={error} />}
        <Group justify="flex-end">
          <Button type="submit" loading={busy} disabled={!begun.name.trim()}>
            {say("make")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Kinds({ value, choose }: { value: What; choose: (what: What) => void }) {
  const say = useTexts(creating);
  return (
    <Radio.Group label={say("what")} value={value} onChange={found => choose(found as What)}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing={8} mt={6}>
        {WHATS.map(what => (
          <Radio.Card key={what} value={what} className={classes.card} aria-label={say(what)}>
            <Group wrap="nowrap" align="flex-start" gap="xs">
              <Radio.Indicator mt={2} size="xs" />
              <div>
                <Text fz="sm" fw={600}>
                  {say(what)}
                </Text>
                <Text fz="xs" c="dimmed">
                  {say(`${what}Text`)}
                </Text>
              </div>
            </Group>
          </Radio.Card>
        ))}
      </SimpleGrid>
    </Radio.Group>
  );
}

function Sources({ value, choose }: { value: readonly string[]; choose: (sources: string[]) => void }) {
  const say = useTexts(creating);
  const { data } = $api.useQuery("get", "/v1/sources");
  const items = data?.items ?? [];
  if (data && items.length === 0) return <Text fz="sm">{say("noSources")}</Text>;
  return (
    <MultiSelect
      label={say("fromSources")}
      description={say("fromSourcesHint")}
      value={[...value]}
      onChange={choose}
      data={items.map(one => ({ value: one.slug, label: one.name }))}
      searchable
    />
  );
}

/** Settings, models: which language models there are, how they are bounded, what they cost. */

import type { ShownModel } from "@deskhand/contract";
import { Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { IconPlus, IconSparkles } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { $api, api } from "../../../api/client";
import { useMayBuild } from "../../../app/session";
import { useLanguage, useTexts } from "../../../i18n/language";
import { Confirm } from "../../../ui/confirm";
import { Empty } from "../../../ui/Empty";
import { ErrorNote } from "../../../ui/ErrorNote";
import { Facts } from "../../../ui/Facts";
import { useFilters } from "../../../ui/filters";
import { Loaded } from "../../../ui/Loaded";
import { duration } from "../../../ui/time";
import { Section } from "../Section";
import { ModelDialog } from "./ModelDialog";
import { Spending } from "./Spending";
import { models } from "./texts";

const NEW = "+";

export default function Models() {
  const say = useTexts(models);
  const builds = useMayBuild();
  const [{ open }, change] = useFilters(["open"]);
  const query = $api.useQuery("get", "/v1/models");
  const add = builds && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => change({ open: NEW })}>
      {say("add")}
    </Button>
  );
  return (
    <Section title={say("title")} lead={say("lead")} actions={add}>
      <Loaded query={query}>
        {({ items }) => (
          <>
            {items.length === 0 && (
              <Empty icon={IconSparkles} title={say("empty")} action={add}>
                {say("emptyText")}
              </Empty>
            )}
            <Stack>
              {items.map(one => (
                <Model key={one.slug} of={one} edit={() => change({ open: one.slug })} />
              ))}
            </Stack>
            {builds && open && (
              <ModelDialog
                key={open}
                of={items.find(one => one.slug === open)}
                taken={items.map(one => one.slug)}
                close={() => change({ open: "" })}
              />
            )}
          </>
        )}
      </Loaded>
    </Section>
  );
}

function Model({ of, edit }: { of: ShownModel; edit: () => void }) {
  const say = useTexts(models);
  const builds = useMayBuild();
  const { language } = useLanguage();
  const dollars = new Intl.NumberFormat(language, { style: "currency", currency: "USD" });
  return (
    <Paper withBorder p="md" component="section" aria-label={of.slug}>
      <Group justify="space-between" mb="sm" gap="xs">
        <Title order={3}>{of.slug}</Title>
        {builds && (
          <Group gap="xs">
            <Button variant="default" size="compact-sm" onClick={edit} aria-label={say("edit", { name: of.slug })}>
              {say("change")}
            </Button>
            <Remove slug={of.slug} />
          </Group>
        )}
      </Group>
      <Facts
        facts={[
          [say("provider"), say(of.provider)],
          [say("model"), of.model],
          [say("address"), of.address],
          [say("key"), of.key],
          [
            say("limit"),
            of.limit_day === null ? say("none") : say("limitShown", { amount: dollars.format(of.limit_day) }),
          ],
        ]}
      />
      {builds && <Test slug={of.slug} />}
      <Spending of={of} />
    </Paper>
  );
}

function Test({ slug }: { slug: string }) {
  const say = useTexts(models);
  const { language } = useLanguage();
  const testing = $api.useMutation("post", "/v1/models/{slug}/test");
  const found = testing.data;
  return (
    <Group mt="sm" gap="sm">
      <Button
        variant="default"
        size="compact-sm"
        loading={testing.isPending}
        onClick={() => testing.mutate({ params: { path: { slug } } })}
      >
        {say("test")}
      </Button>
      <Text fz="sm" role="status">
        {testing.isPending && say("testing")}
        {found?.ok && say("testOk", { answer: found.answer, time: duration(found.milliseconds, language) })}
        {found && !found.ok && found.problem}
      </Text>
      {testing.error && <ErrorNote error={testing.error} />}
    </Group>
  );
}

function Remove({ slug }: { slug: string }) {
  const say = useTexts(models);
  const queries = useQueryClient();
  const [asked, setAsked] = useState(false);
  return (
    <>
      <Button variant="subtle" size="compact-sm" color="red" onClick={() => setAsked(true)}>
        {say("remove")}
      </Button>
      <Confirm
        opened={asked}
        close={() => setAsked(false)}
        title={say("removeTitle", { name: slug })}
        action={say("remove")}
        danger
        run={async () => {
          await api.DELETE("/v1/models/{slug}", { params: { path: { slug } } });
          await queries.invalidateQueries({ queryKey: ["get", "/v1/models"] });
        }}
      >
        {say("removeText")}
      </Confirm>
    </>
  );
}

/** Settings, webhooks: where events are sent, and what was. */

import type { ShownWebhook } from "@deskhand/contract";
import { ActionIcon, Badge, Button, Menu, Stack, Text } from "@mantine/core";
import { IconDots, IconPlus, IconWebhook } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { $api, api } from "../../../api/client";
import { useMayBuild } from "../../../app/session";
import { useTexts } from "../../../i18n/language";
import { Confirm } from "../../../ui/confirm";
import { type Column, DataTable } from "../../../ui/DataTable";
import { Empty } from "../../../ui/Empty";
import { ErrorNote } from "../../../ui/ErrorNote";
import { useFilters } from "../../../ui/filters";
import { Loaded } from "../../../ui/Loaded";
import { SecretOnce } from "../SecretOnce";
import { Section } from "../Section";
import { Deliveries } from "./Deliveries";
import { webhooks } from "./texts";
import { WebhookDialog } from "./WebhookDialog";

const NEW = "+";

export default function Webhooks() {
  const say = useTexts(webhooks);
  const builds = useMayBuild();
  const [{ open }, change] = useFilters(["open"]);
  const [secret, setSecret] = useState<string | null>(null);
  const query = $api.useQuery("get", "/v1/webhooks");
  const add = builds && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => change({ open: NEW })}>
      {say("add")}
    </Button>
  );
  return (
    <Stack gap="xl">
      <Section title={say("title")} lead={say("lead")} actions={add}>
        <Loaded query={query}>
          {({ items }) => (
            <>
              <List items={items} open={slug => change({ open: slug })} made={setSecret} add={add} />
              {builds && open && (
                <WebhookDialog
                  key={open}
                  of={items.find(one => one.slug === open)}
                  taken={items.map(one => one.slug)}
                  made={setSecret}
                  close={() => change({ open: "" })}
                />
              )}
            </>
          )}
        </Loaded>
        {secret && <SecretOnce secret={secret} close={() => setSecret(null)} />}
      </Section>
      <Deliveries />
    </Stack>
  );
}

interface ListProps {
  readonly items: readonly ShownWebhook[];
  readonly open: (slug: string) => void;
  readonly made: (secret: string) => void;
  readonly add: React.ReactNode;
}

function List({ items, open, made, add }: ListProps) {
  const say = useTexts(webhooks);
  const builds = useMayBuild();
  const columns: Column<ShownWebhook>[] = [
    {
      id: "name",
      title: say("name"),
      cell: one =>
        builds ? (
          <Button variant="subtle" size="compact-sm" px={4} onClick={() => open(one.slug)}>
            {one.slug}
          </Button>
        ) : (
          one.slug
        ),
    },
    {
      id: "url",
      title: say("url"),
      cell: one => (
        <Text fz="sm" lineClamp={1} style={{ overflowWrap: "anywhere" }}>
          {one.url}
        </Text>
      ),
    },
    { id: "events", title: say("events"), cell: one => one.events.length, align: "right" },
    {
      id: "state",
      title: say("status"),
      cell: one => (
        <Badge color={one.enabled ? "teal" : "gray"} title={one.disabled_reason || undefined}>
          {say(one.enabled ? "on" : "off")}
        </Badge>
      ),
    },
  ];
  if (builds)
    columns.push({ id: "acts", title: "", width: 48, align: "right", cell: one => <Acts of={one} made={made} /> });
  if (items.length > 0) return <DataTable label={say("title")} rows={items} columns={columns} id={one => one.slug} />;
  return (
    <Empty icon={IconWebhook} title={say("empty")} action={add}>
      {say("emptyText")}
    </Empty>
  );
}

function Acts({ of, made }: { of: ShownWebhook; made: (secret: string) => void }) {
  const say = useTexts(webhooks);
  const queries = useQueryClient();
  const [asked, setAsked] = useState<"secret" | "remove" | null>(null);
  const params = { path: { slug: of.slug } };
  const fresh = () =>
    queries.invalidateQueries({ predicate: one => /^\/v1\/(webhooks|deliveries)/.test(String(one.queryKey[1])) });
  const testing = $api.useMutation("post", "/v1/webhooks/{slug}/test", { onSuccess: fresh });
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon aria-label={say("more", { name: of.slug })}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => testing.mutate({ params })}>{say("test")}</Menu.Item>
          <Menu.Item onClick={() => setAsked("secret")}>{say("newSecret")}</Menu.Item>
          <Menu.Divider />
          <Menu.Item color="red" onClick={() => setAsked("remove")}>
            {say("remove")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {testing.error && <ErrorNote error={testing.error} />}
      <Confirm
        opened={asked === "secret"}
        close={() => setAsked(null)}
        title={say("newSecretTitle", { name: of.slug })}
        action={say("newSecret")}
        run={async () => {
          const { data } = await api.POST("/v1/webhooks/{slug}/new-secret", { params });
          if (data?.signing_secret) made(data.signing_secret);
        }}
      >
        {say("newSecretText")}
      </Confirm>
      <Confirm
        opened={asked === "remove"}
        close={() => setAsked(null)}
        title={say("removeTitle", { name: of.slug })}
        action={say("remove")}
        danger
        run={async () => {
          await api.DELETE("/v1/webhooks/{slug}", { params });
          await fresh();
        }}
      >
        {say("removeText")}
      </Confirm>
    </>
  );
}

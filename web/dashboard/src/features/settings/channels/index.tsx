/** Settings, channels: platforms that customers write over. */

import type { ShownChannel } from "@deskhand/contract";
import { ActionIcon, Badge, Button, Menu } from "@mantine/core";
import { IconDots, IconMessages, IconPlus } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { $api, api } from "../../../api/client";
import { useMayBuild } from "../../../app/session";
import { useTexts } from "../../../i18n/language";
import { Copy } from "../../../ui/Copy";
import { Confirm } from "../../../ui/confirm";
import { type Column, DataTable } from "../../../ui/DataTable";
import { Empty } from "../../../ui/Empty";
import { useFilters } from "../../../ui/filters";
import { Loaded } from "../../../ui/Loaded";
import { SecretOnce } from "../SecretOnce";
import { Section } from "../Section";
import { ChannelDialog } from "./ChannelDialog";
import { channels } from "./texts";

const NEW = "+";

export default function Channels() {
  const say = useTexts(channels);
  const builds = useMayBuild();
  const [{ open }, change] = useFilters(["open"]);
  const [secret, setSecret] = useState<string | null>(null);
  const query = $api.useQuery("get", "/v1/channels");
  const columns = useColumns(slug => change({ open: slug }), setSecret);
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
            {items.length ? (
              <DataTable label={say("title")} rows={items} columns={columns} id={one => one.slug} />
            ) : (
              <Empty icon={IconMessages} title={say("empty")} action={add}>
                {say("emptyText")}
              </Empty>
            )}
            {builds && open && (
              <ChannelDialog
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
  );
}

function useColumns(open: (slug: string) => void, made: (secret: string) => void): readonly Column<ShownChannel>[] {
  const say = useTexts(channels);
  const builds = useMayBuild();
  const columns: Column<ShownChannel>[] = [
    {
      id: "name",
      title: say("name"),
      cell: one =>
        builds ? (
          <Button variant="subtle" size="compact-sm" px={4} onClick={() => open(one.slug)}>
            {one.name}
          </Button>
        ) : (
          one.name
        ),
    },
    { id: "agent", title: say("agent"), cell: one => one.agent },
    {
      id: "events",
      title: say("events"),
      cell: one => <Copy value={new URL(one.events, window.location.origin).href} />,
    },
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
  return columns;
}

function Acts({ of, made }: { of: ShownChannel; made: (secret: string) => void }) {
  const say = useTexts(channels);
  const queries = useQueryClient();
  const [asked, setAsked] = useState<"secret" | "remove" | null>(null);
  const params = { path: { slug: of.slug } };
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon aria-label={say("more", { name: of.name })}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setAsked("secret")}>{say("newSecret")}</Menu.Item>
          <Menu.Item color="red" onClick={() => setAsked("remove")}>
            {say("remove")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Confirm
        opened={asked === "secret"}
        close={() => setAsked(null)}
        title={say("newSecretTitle", { name: of.name })}
        action={say("newSecret")}
        run={async () => {
          const { data } = await api.POST("/v1/channels/{slug}/new-secret", { params });
          if (data?.signing_secret) made(data.signing_secret);
        }}
      >
        {say("newSecretText")}
      </Confirm>
      <Confirm
        opened={asked === "remove"}
        close={() => setAsked(null)}
        title={say("removeTitle", { name: of.name })}
        action={say("remove")}
        danger
        run={async () => {
          await api.DELETE("/v1/channels/{slug}", { params });
          await queries.invalidateQueries({ queryKey: ["get", "/v1/channels"] });
        }}
      >
        {say("removeText")}
      </Confirm>
    </>
  );
}

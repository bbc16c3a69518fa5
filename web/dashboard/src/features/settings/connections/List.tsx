import type { ShownConnection } from "@deskhand/contract";
import { Button, Group, Text } from "@mantine/core";
import { IconPlug, IconPlus } from "@tabler/icons-react";
import { Link } from "react-router";
import { $api } from "../../../api/client";
import { useMayBuild } from "../../../app/session";
import { useTexts } from "../../../i18n/language";
import { type Column, DataTable } from "../../../ui/DataTable";
import { Empty } from "../../../ui/Empty";
import { Loaded } from "../../../ui/Loaded";
import { useActions } from "../../actions/editing";
import { fields } from "../../actions/fields/texts";
import { connectionOf } from "../../actions/model";
import { Section } from "../Section";
import { connections } from "./texts";

export function ConnectionList() {
  const say = useTexts(connections);
  const builds = useMayBuild();
  const query = $api.useQuery("get", "/v1/connections");
  const columns = useColumns();
  const make = builds && (
    <Button component={Link} to="/settings/connections/new" leftSection={<IconPlus size={16} />}>
      {say("create")}
    </Button>
  );
  return (
    <Section title={say("title")} lead={say("lead")} actions={make}>
      <Loaded query={query}>
        {({ items }) =>
          items.length ? (
            <DataTable
              label={say("title")}
              rows={items}
              columns={columns}
              id={one => one.slug}
              to={one => `/settings/connections/${one.slug}`}
            />
          ) : (
            <Empty
              icon={IconPlug}
              title={say("empty")}
              action={
                builds && (
                  <Group gap="xs">
                    <Button component={Link} to="/settings/connections/new">
                      {say("create")}
                    </Button>
                    <Button component={Link} to="/actions/import" variant="default">
                      {say("importOpenApi")}
                    </Button>
                  </Group>
                )
              }
            >
              {say("emptyText")}
            </Empty>
          )
        }
      </Loaded>
    </Section>
  );
}

function useColumns(): readonly Column<ShownConnection>[] {
  const say = useTexts(connections);
  const ways = useTexts(fields);
  const actions = useActions();
  return [
    { id: "name", title: say("name"), cell: one => one.name || one.slug },
    {
      id: "address",
      title: say("address"),
      cell: one => (
        <Text span ff="monospace" fz="sm" style={{ overflowWrap: "anywhere" }}>
          {one.kind === "mcp_stdio" ? one.command.join(" ") : one.base_url}
        </Text>
      ),
    },
    { id: "kind", title: say("kind"), cell: one => say(one.kind), wide: true },
    { id: "auth", title: say("auth"), cell: one => (one.auth ? ways(one.auth.kind) : say("noAuth")) },
    {
      id: "used",
      title: say("usedBy"),
      cell: one => {
        const count = actions.filter(doc => connectionOf(doc) === one.slug).length;
        return count ? say("actionsOver", { count }) : say("none");
      },
    },
  ];
}

import type { ShownAgent } from "@deskhand/contract";
import { Badge, Button, Group } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { Link } from "react-router";
import { $api } from "../../api/client";
import { useMayBuild } from "../../app/session";
import { useTexts } from "../../i18n/language";
import { type Column, DataTable } from "../../ui/DataTable";
import { Loaded } from "../../ui/Loaded";
import { Page } from "../../ui/Page";
import { agents } from "./texts";

/** All agents; one is always there. */
export default function List() {
  const say = useTexts(agents);
  const builds = useMayBuild();
  const query = $api.useQuery("get", "/v1/agents");
  const columns: readonly Column<ShownAgent>[] = [
    {
      id: "name",
      title: say("name"),
      cell: row => (
        <Group gap={6}>
          {row.name}
          {row.slug === "default" && <Badge color="gray">{say("isDefault")}</Badge>}
        </Group>
      ),
    },
    { id: "kind", title: say("kind"), cell: row => say(row.kind) },
    {
      id: "model",
      title: say("model"),
      cell: row => (row.model === null ? say("modelUsual") : row.model === "offline" ? say("offline") : row.model),
    },
    {
      id: "actions",
      title: say("actions"),
      cell: row => say("actionsCount", { count: row.actions.length }),
      wide: true,
    },
  ];
  return (
    <Page
      title={say("title")}
      lead={say("lead")}
      actions={
        builds && (
          <Button component={Link} to="/agents/new" leftSection={<IconPlus size={16} />}>
            {say("add")}
          </Button>
        )
      }
    >
      <Loaded query={query}>
        {({ items }) => (
          <DataTable
            label={say("title")}
            rows={items}
            columns={columns}
            id={row => row.slug}
            to={row => `/agents/${row.slug}`}
          />
        )}
      </Loaded>
    </Page>
  );
}

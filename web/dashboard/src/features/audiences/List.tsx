import type { ShownAudience } from "@deskhand/contract";
import { Button, Text } from "@mantine/core";
import { IconPlus, IconUsersGroup } from "@tabler/icons-react";
import { Link } from "react-router";
import { $api } from "../../api/client";
import { useMayBuild } from "../../app/session";
import { useTexts } from "../../i18n/language";
import { type Column, DataTable } from "../../ui/DataTable";
import { Empty } from "../../ui/Empty";
import { Loaded } from "../../ui/Loaded";
import { Page } from "../../ui/Page";
import { inWords, type Rule } from "./rules";
import { audiences } from "./texts";

/** All audiences, each with its rule in words. */
export default function List() {
  const say = useTexts(audiences);
  const builds = useMayBuild();
  const query = $api.useQuery("get", "/v1/audiences");
  const columns: readonly Column<ShownAudience>[] = [
    { id: "name", title: say("name"), cell: row => row.name },
    {
      id: "rule",
      title: say("rule"),
      cell: row => (
        <Text fz="sm" lineClamp={2}>
          {inWords(row.rule as unknown as Rule, say)}
        </Text>
      ),
    },
    { id: "used", title: say("usedBy"), cell: row => row.used_by.join(", ") || say("nobody") },
  ];
  const add = builds && (
    <Button component={Link} to="/audiences/new" leftSection={<IconPlus size={16} />}>
      {say("add")}
    </Button>
  );
  return (
    <Page title={say("title")} lead={say("lead")} actions={add}>
      <Loaded query={query}>
        {({ items }) =>
          items.length ? (
            <DataTable
              label={say("title")}
              rows={items}
              columns={columns}
              id={row => row.slug}
              to={row => `/audiences/${row.slug}`}
            />
          ) : (
            <Empty icon={IconUsersGroup} title={say("empty")} action={add}>
              {say("emptyText")}
            </Empty>
          )
        }
      </Loaded>
    </Page>
  );
}

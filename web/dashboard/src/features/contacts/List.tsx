import type { ShownContact } from "@deskhand/contract";
import { Button, Group } from "@mantine/core";
import { IconPlus, IconUpload, IconUsers } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import { api } from "../../api/client";
import { useCommands } from "../../app/commands";
import { useMayBuild } from "../../app/session";
import { useTexts } from "../../i18n/language";
import { type Column, DataTable } from "../../ui/DataTable";
import { Download } from "../../ui/Download";
import { Empty } from "../../ui/Empty";
import { useFilters } from "../../ui/filters";
import { Loaded } from "../../ui/Loaded";
import { NoMatch } from "../../ui/NoMatch";
import { Page } from "../../ui/Page";
import { usePages } from "../../ui/pages";
import { Search } from "../../ui/Search";
import { Ago } from "../../ui/time";
import { EditContact } from "./EditContact";
import { nameOf } from "./names";
import { contacts } from "./texts";

const ImportDialog = lazy(() => import("./ImportDialog"));

/** All contacts, found by parts of what they are called. */
export default function List() {
  const say = useTexts(contacts);
  const builds = useMayBuild();
  const [{ q, do: doing }, change] = useFilters(["q", "do"]);
  const query = q ? { q } : {};
  const list = usePages<ShownContact>("/v1/contacts", query, (cursor, signal) =>
    api.GET("/v1/contacts", { params: { query: { ...query, cursor } }, signal }),
  );
  const columns = useColumns();
  const add = () => change({ do: "add" });
  const bring = () => change({ do: "import" });
  useCommands([
    { id: "new-contact", label: say("add"), run: add },
    ...(builds ? [{ id: "import-contacts", label: say("importTitle"), run: bring }] : []),
  ]);
  const buttons = (
    <>
      {builds && (
        <Button variant="default" leftSection={<IconUpload size={16} />} onClick={bring}>
          {say("import")}
        </Button>
      )}
      <Button leftSection={<IconPlus size={16} />} onClick={add}>
        {say("add")}
      </Button>
    </>
  );
  const path = `/v1/contacts/export?${new URLSearchParams(q ? { q } : {}).toString()}`;
  return (
    <Page
      title={say("title")}
      lead={say("lead")}
      actions={
        <>
          <Download path={path} name="contacts.csv" label={say("export")} />
          {buttons}
        </>
      }
    >
      <Group justify="flex-end">
        <Search label={say("search")} value={q} change={value => change({ q: value })} />
      </Group>
      <Loaded query={list}>
        {rows => {
          if (rows.length) {
            return (
              <DataTable
                label={say("title")}
                rows={rows}
                columns={columns}
                id={row => row.id}
                to={row => `/contacts/${row.id}`}
                more={list.more}
                loadingMore={list.loadingMore}
              />
            );
          }
          if (q) return <NoMatch clear={() => change({ q: "" })} />;
          return (
            <Empty icon={IconUsers} title={say("empty")} action={<Group gap="xs">{buttons}</Group>}>
              {say("emptyText")}
            </Empty>
          );
        }}
      </Loaded>
      {doing === "add" && <EditContact close={() => change({ do: "" })} />}
      {builds && doing === "import" && (
        <Suspense>
          <ImportDialog close={() => change({ do: "" })} />
        </Suspense>
      )}
    </Page>
  );
}

function useColumns(): readonly Column<ShownContact>[] {
  const say = useTexts(contacts);
  return [
    { id: "name", title: say("name"), cell: row => nameOf(row) || say("unnamed") },
    { id: "email", title: say("email"), cell: row => row.email ?? "–" },
    { id: "phone", title: say("phone"), cell: row => row.phone_number ?? "–", wide: true },
    { id: "external", title: say("externalId"), cell: row => row.external_id ?? "–", wide: true },
    {
      id: "seen",
      title: say("seen"),
      width: 150,
      cell: row => (row.last_seen_at ? <Ago at={row.last_seen_at} /> : say("never")),
    },
  ];
}

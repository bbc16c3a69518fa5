import type { Lead } from "@deskhand/contract";
import { Button, Group, Text } from "@mantine/core";
import { IconAddressBook } from "@tabler/icons-react";
import { Link } from "react-router";
import { api } from "../../api/client";
import { useLive } from "../../api/live";
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
import { leads } from "./texts";

/** All leads, found by words. */
export default function List() {
  const say = useTexts(leads);
  const [{ q }, change, clear] = useFilters(["q"]);
  const query = q ? { q } : {};
  const list = usePages<Lead>("/v1/leads", query, (cursor, signal) =>
    api.GET("/v1/leads", { params: { query: { ...query, cursor } }, signal }),
  );
  useLive(["/v1/leads"]);
  const columns = useColumns();
  const path = `/v1/leads/export?${new URLSearchParams(q ? { q } : {}).toString()}`;
  return (
    <Page
      title={say("title")}
      lead={say("lead")}
      actions={<Download path={path} name="leads.csv" label={say("export")} />}
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
                to={row => `/leads/${row.id}`}
                more={list.more}
                loadingMore={list.loadingMore}
              />
            );
          }
          return q ? <NoMatch clear={clear} /> : <None />;
        }}
      </Loaded>
    </Page>
  );
}

function None() {
  const say = useTexts(leads);
  return (
    <Empty
      icon={IconAddressBook}
      title={say("empty")}
      action={
        <Button component={Link} to="/procedures?create=template" variant="default">
          {say("toExamples")}
        </Button>
      }
    >
      {say("emptyText")}
    </Empty>
  );
}

function useColumns(): readonly Column<Lead>[] {
  const say = useTexts(leads);
  const plain = (id: "email" | "company" | "phone"): Column<Lead> => ({
    id,
    title: say(id),
    cell: row => row[id] || "–",
    wide: id === "phone",
  });
  return [
    { id: "name", title: say("name"), cell: row => row.name || row.email },
    plain("email"),
    plain("company"),
    plain("phone"),
    {
      id: "message",
      title: say("message"),
      cell: row => (
        <Text fz="sm" lineClamp={1} maw={320}>
          {row.message || "–"}
        </Text>
      ),
      wide: true,
    },
    { id: "at", title: say("at"), width: 140, cell: row => <Ago at={row.at} /> },
  ];
}

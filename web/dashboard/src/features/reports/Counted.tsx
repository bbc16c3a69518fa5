/** What a report counts: by procedure, and the newest of it with the conversations where it was. */

import type { ReactNode } from "react";
import { useTexts } from "../../i18n/language";
import { type Column, DataTable } from "../../ui/DataTable";
import { Ago } from "../../ui/time";
import { entryPath } from "./asked";
import { useProcedureNames } from "./names";
import { Card, ConversationLink } from "./parts";
import { reports } from "./texts";

/** How many of the newest are shown. */
const LATEST = 15;

interface Latest {
  readonly conversation: string;
  readonly seq: number;
  readonly value: string;
  readonly text: string;
  readonly procedure: string | null;
  readonly at: string;
}

interface Newest {
  /** Above the words that the report has of each. */
  readonly title: string;
  /** In place of words that nobody said. */
  readonly without: string;
  readonly value: { readonly title: string; readonly width: number; readonly cell: (value: string) => ReactNode };
}

interface Props<Row> {
  readonly found: { readonly procedures: readonly Row[]; readonly latest: readonly Latest[] };
  /** What stands beside a procedure's name. */
  readonly columns: readonly Column<Row>[];
  readonly newest: Newest;
}

export function Counted<Row extends { readonly procedure: string | null }>({ found, columns, newest }: Props<Row>) {
  const say = useTexts(reports);
  const names = useProcedureNames();
  const procedure: Column<Row> = {
    id: "procedure",
    title: say("procedure"),
    cell: row => names.name(row.procedure),
  };
  const latest: readonly Column<Latest>[] = [
    {
      id: "text",
      title: newest.title,
      cell: row => (
        <ConversationLink to={entryPath(row.conversation, row.seq)}>{row.text || newest.without}</ConversationLink>
      ),
    },
    { id: "value", ...newest.value, cell: row => newest.value.cell(row.value) },
    { id: "procedure", title: say("procedure"), width: 200, cell: row => names.name(row.procedure) },
    { id: "at", title: say("when"), width: 140, cell: row => <Ago at={row.at} /> },
  ];
  return (
    <>
      <Card title={say("byProcedure")}>
        <DataTable
          label={say("byProcedure")}
          rows={found.procedures}
          columns={[procedure, ...columns]}
          id={row => row.procedure ?? ""}
        />
      </Card>
      <Card title={say("latest")}>
        <DataTable
          label={say("latest")}
          rows={found.latest.slice(0, LATEST)}
          columns={latest}
          id={row => `${row.conversation} ${row.seq}`}
        />
      </Card>
    </>
  );
}

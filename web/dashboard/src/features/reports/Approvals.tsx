import { Badge, Group } from "@mantine/core";
import { $api } from "../../api/client";
import { useTexts } from "../../i18n/language";
import { type Column, DataTable } from "../../ui/DataTable";
import { Loaded } from "../../ui/Loaded";
import { useAsked } from "./asked";
import { Figure } from "./Figure";
import { useProcedureNames } from "./names";
import { useNumbers } from "./numbers";
import { Card, Chart, Csv, Lead, Nothing, Report } from "./parts";
import classes from "./Reports.module.css";
import { reports } from "./texts";

const STATUSES = ["approved", "rejected", "expired", "taken_over", "happened", "retried", "lapsed", "pending"] as const;
const COLOURS: Readonly<Record<(typeof STATUSES)[number], string>> = {
  approved: "teal.6",
  rejected: "red.6",
  expired: "orange.5",
  taken_over: "grape.5",
  happened: "cyan.6",
  retried: "yellow.6",
  lapsed: "gray.5",
  pending: "desk.4",
};

/** How long approvals waited, what became of them, and who decided. */
export default function Approvals() {
  const say = useTexts(reports);
  const names = useProcedureNames();
  const { number, time } = useNumbers();
  const asked = useAsked();
  const query = $api.useQuery("get", "/v1/reports/approvals", { params: { query: asked } });
  const byName = useColumns(say("decidedBy"), name => name);
  const byProcedure = useColumns(say("procedure"), names.name);
  return (
    <Loaded query={query}>
      {found => {
        if (found.asked === 0) return <Nothing />;
        const shown = STATUSES.filter(status => found.statuses[status]);
        const procedures = Object.entries(found.procedures).map(([name, statuses]) => ({ name, statuses }));
        return (
          <Report>
            <Lead>{say("approvalsLead")}</Lead>
            <div className={classes.tiles}>
              <Figure label={say("waitingTime")} figure={time(found.median_ms)} note={say("median")} />
              <Figure label={say("p95Wait")} figure={time(found.p95_ms)} />
              <Figure
                label={say("pending")}
                figure={number(found.pending)}
                note={say("asked", { count: found.asked })}
              />
            </div>
            <Card title={say("approvals")} beside={<Csv report="approvals" name={say("approvals")} />}>
              <Chart
                label={say("chartApprovals")}
                days={found.days.map(({ day, statuses }) => ({ day, ...statuses }))}
                series={shown.map(name => ({ name, label: say(name), color: COLOURS[name] }))}
              />
            </Card>
            <Card title={say("byProcedure")}>
              <DataTable label={say("byProcedure")} rows={procedures} columns={byProcedure} id={row => row.name} />
            </Card>
            {found.deciders.length > 0 && (
              <Card title={say("decidedBy")}>
                <DataTable
                  label={say("decidedBy")}
                  rows={found.deciders.map(({ by, statuses }) => ({ name: by, statuses }))}
                  columns={byName}
                  id={row => row.name}
                />
              </Card>
            )}
          </Report>
        );
      }}
    </Loaded>
  );
}

interface Row {
  readonly name: string;
  readonly statuses: Readonly<Record<string, number>>;
}

function useColumns(title: string, name: (name: string) => string): readonly Column<Row>[] {
  const say = useTexts(reports);
  const { number } = useNumbers();
  const sum = ({ statuses }: Row) => Object.values(statuses).reduce((total, count) => total + count, 0);
  return [
    { id: "name", title, cell: row => name(row.name) },
    {
      id: "count",
      title: say("count"),
      align: "right",
      width: 100,
      cell: row => <span className={classes.number}>{number(sum(row))}</span>,
    },
    {
      id: "statuses",
      title: "",
      width: "55%",
      cell: row => (
        <Group gap={6}>
          {STATUSES.filter(status => row.statuses[status]).map(status => (
            <Badge key={status} color={COLOURS[status].split(".")[0]}>
              {say(status)}: {number(row.statuses[status] ?? 0)}
            </Badge>
          ))}
        </Group>
      ),
    },
  ];
}

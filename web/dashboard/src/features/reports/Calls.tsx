import { Anchor, Badge, Group, Text } from "@mantine/core";
import { Link } from "react-router";
import { $api } from "../../api/client";
import { leads } from "../../app/leads";
import { useTexts } from "../../i18n/language";
import { type Column, DataTable } from "../../ui/DataTable";
import { Loaded } from "../../ui/Loaded";
import { useAsked } from "./asked";
import { useProcedureNames } from "./names";
import { useNumbers } from "./numbers";
import { Card, Chart, Csv, Lead, Nothing, Report } from "./parts";
import classes from "./Reports.module.css";
import { reports } from "./texts";

/** Calls to other systems: how many fail, how, and how long they take. */
export default function Calls() {
  const say = useTexts(reports);
  const asked = useAsked();
  const query = $api.useQuery("get", "/v1/reports/calls", { params: { query: asked } });
  const columns = useColumns();
  return (
    <Loaded query={query}>
      {found =>
        found.count === 0 ? (
          <Nothing />
        ) : (
          <Report>
            <Lead>{say("callsLead")}</Lead>
            <Card title={say("calls")} beside={<Csv report="calls" name={say("calls")} />}>
              <Chart
                label={say("chartCalls")}
                days={found.days}
                series={[
                  { name: "succeeded", label: say("succeeded"), color: "teal.6" },
                  { name: "failed", label: say("failed"), color: "red.6" },
                  { name: "unknown", label: say("unknown"), color: "orange.5" },
                ]}
              />
            </Card>
            <Card title={say("action")}>
              <DataTable
                label={say("calls")}
                rows={found.actions}
                columns={columns}
                id={row => `${row.action} ${row.kind}`}
              />
            </Card>
          </Report>
        )
      }
    </Loaded>
  );
}

interface Row {
  readonly action: string;
  readonly kind: string;
  readonly count: number;
  readonly failed: number;
  readonly unknown: number;
  readonly error_rate: number;
  readonly median_ms: number | null;
  readonly p95_ms: number | null;
  readonly statuses: readonly { readonly status: number | null; readonly count: number }[];
}

function useColumns(): readonly Column<Row>[] {
  const say = useTexts(reports);
  const { number, share, time } = useNumbers();
  const figure = (id: string, title: string, cell: (row: Row) => string): Column<Row> => ({
    id,
    title,
    align: "right",
    cell: row => <span className={classes.number}>{cell(row)}</span>,
  });
  return [
    { id: "action", title: say("action"), cell: row => <Name name={row.action} /> },
    figure("count", say("count"), row => number(row.count)),
    figure("errors", say("errors"), row => `${number(row.failed + row.unknown)} (${share(row.error_rate)})`),
    figure("median", say("medianTime"), row => time(row.median_ms)),
    figure("p95", say("p95Time"), row => time(row.p95_ms)),
    { id: "statuses", title: say("statuses"), width: "26%", cell: row => <Statuses row={row} /> },
  ];
}

/** An action leads to its page; a step's own call is told with its procedure. */
function Name({ name }: { name: string }) {
  const names = useProcedureNames();
  const place = name.lastIndexOf("/");
  if (place < 0) {
    if (!leads(`/actions/${name}`)) return <>{name}</>;
    return (
      <Anchor component={Link} to={`/actions/${name}`} fz="sm">
        {name}
      </Anchor>
    );
  }
  return (
    <>
      {name.slice(place + 1)}
      <Text span fz="xs" c="dimmed" display="block">
        {names.name(name.slice(0, place))}
      </Text>
    </>
  );
}

function Statuses({ row }: { row: Row }) {
  const say = useTexts(reports);
  const { number } = useNumbers();
  return (
    <Group gap={6}>
      {row.statuses.map(({ status, count }) => (
        <Badge key={status ?? "none"} color={status === null ? "gray" : status < 400 ? "teal" : "red"}>
          {status ?? say("noAnswer")}: {number(count)}
        </Badge>
      ))}
    </Group>
  );
}

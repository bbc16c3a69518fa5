import { Anchor, Text } from "@mantine/core";
import { Link, useLocation } from "react-router";
import { $api } from "../../api/client";
import { useTexts } from "../../i18n/language";
import { type Column, DataTable } from "../../ui/DataTable";
import { Loaded } from "../../ui/Loaded";
import { actionOf, useAsked } from "./asked";
import { useProcedureNames } from "./names";
import { useNumbers } from "./numbers";
import { OUTCOMES, outcomeDays, outcomeSeries } from "./outcomes";
import { Card, Chart, Csv, Nothing, Report } from "./parts";
import classes from "./Reports.module.css";
import { reports } from "./texts";

/** Runs by day and by procedure, and what became of them. */
export default function Runs() {
  const say = useTexts(reports);
  const asked = useAsked();
  const query = $api.useQuery("get", "/v1/reports/runs", { params: { query: asked } });
  const columns = useColumns();
  return (
    <Loaded query={query}>
      {({ total, days, procedures }) =>
        total.outcomes.began === 0 ? (
          <Nothing />
        ) : (
          <Report>
            <Card title={say("runs")} beside={<Csv report="runs" name={say("runs")} />}>
              <Chart label={say("chartRuns")} days={outcomeDays(days)} series={outcomeSeries(say, OUTCOMES)} />
            </Card>
            <Card title={say("byProcedure")}>
              <DataTable
                label={say("byProcedure")}
                columns={columns}
                rows={procedures.length > 1 ? [...procedures, total] : procedures}
                id={row => row.procedure ?? ""}
              />
            </Card>
          </Report>
        )
      }
    </Loaded>
  );
}

interface Row {
  readonly procedure: string | null;
  readonly outcomes: Readonly<Record<(typeof OUTCOMES)[number] | "began", number>> & {
    readonly completion: number | null;
  };
  readonly median_ms: number | null;
  readonly p95_ms: number | null;
}

function useColumns(): readonly Column<Row>[] {
  const say = useTexts(reports);
  const { number, share, time } = useNumbers();
  const figure = (id: (typeof OUTCOMES)[number] | "began", wide?: boolean): Column<Row> => ({
    id,
    title: say(id),
    align: "right",
    wide,
    cell: row => <span className={classes.number}>{number(row.outcomes[id])}</span>,
  });
  const told = (id: string, title: string, cell: (row: Row) => string): Column<Row> => ({
    id,
    title,
    align: "right",
    cell: row => <span className={classes.number}>{cell(row)}</span>,
  });
  return [
    { id: "procedure", title: say("procedure"), cell: row => <Name slug={row.procedure} /> },
    figure("began"),
    figure("completed", true),
    figure("escalated"),
    figure("cancelled", true),
    figure("failed", true),
    figure("running", true),
    told("completion", say("completion"), row => share(row.outcomes.completion)),
    told("median", say("medianTime"), row => time(row.median_ms)),
    told("p95", say("p95Time"), row => time(row.p95_ms)),
  ];
}

/** A procedure, with the way to where its runs stop. */
function Name({ slug }: { slug: string | null }) {
  const say = useTexts(reports);
  const names = useProcedureNames();
  const { search } = useLocation();
  if (slug === null) return <Text fw={650}>{say("total")}</Text>;
  if (actionOf(slug)) return <>{names.name(slug)}</>;
  const query = new URLSearchParams(search);
  query.set("procedure", slug);
  query.delete("version");
  return (
    <Anchor component={Link} to={`/reports/steps?${query}`} fz="sm">
      {names.name(slug)}
    </Anchor>
  );
}

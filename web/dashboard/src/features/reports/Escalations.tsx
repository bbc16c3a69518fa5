import { Badge, Group } from "@mantine/core";
import { $api } from "../../api/client";
import { useTexts } from "../../i18n/language";
import type { PlainKey } from "../../i18n/texts";
import type { Column } from "../../ui/DataTable";
import { Loaded } from "../../ui/Loaded";
import { useAsked } from "./asked";
import { Counted } from "./Counted";
import { mostOf, OTHERS } from "./mostOf";
import { useProcedureNames } from "./names";
import { useNumbers } from "./numbers";
import { Card, Chart, Csv, Lead, Nothing, Report } from "./parts";
import classes from "./Reports.module.css";
import { reports } from "./texts";

const COLOURS = ["orange.6", "desk.5", "teal.6", "grape.5", "yellow.6", "gray.5"] as const;
const REASONS = ["handed_over", "rejected", "expired", "taken_over", "flagged"] as const;

/** How often the agent reached its limit: by procedure, over time, and why. */
export default function Escalations() {
  const say = useTexts(reports);
  const names = useProcedureNames();
  const asked = useAsked();
  const query = $api.useQuery("get", "/v1/reports/escalations", { params: { query: asked } });
  const columns = useColumns();
  const reason = useReason();
  const newest = {
    title: say("conversations"),
    without: say("open"),
    value: { title: say("reasons"), width: 160, cell: (name: string) => <Badge color="gray">{reason(name)}</Badge> },
  };
  return (
    <Loaded query={query}>
      {found => {
        if (found.count === 0) return <Nothing />;
        const { keys, days } = mostOf(found.days, COLOURS.length - 1);
        const label = (key: string) => (key === OTHERS ? say("others") : names.name(key || null));
        return (
          <Report>
            <Lead>{say("escalationsLead")}</Lead>
            <Card title={say("escalations")} beside={<Csv report="escalations" name={say("escalations")} />}>
              <Chart
                label={say("chartEscalations")}
                days={days}
                series={keys.map((key, at) => ({
                  name: `by ${key}`,
                  label: label(key),
                  color: COLOURS[at] ?? "gray.5",
                }))}
              />
            </Card>
            <Counted found={found} columns={columns} newest={newest} />
          </Report>
        );
      }}
    </Loaded>
  );
}

interface Row {
  readonly procedure: string | null;
  readonly count: number;
  readonly share: number | null;
  readonly reasons: Readonly<Record<string, number>>;
}

function useReason(): (reason: string) => string {
  const say = useTexts(reports);
  return reason => {
    const known = REASONS.find(one => one === reason) as PlainKey<typeof reports.en> | undefined;
    return known ? say(known) : reason;
  };
}

function useColumns(): readonly Column<Row>[] {
  const say = useTexts(reports);
  const reason = useReason();
  const { number, share } = useNumbers();
  return [
    {
      id: "count",
      title: say("count"),
      align: "right",
      cell: row => <span className={classes.number}>{number(row.count)}</span>,
    },
    {
      id: "share",
      title: say("ofRuns"),
      align: "right",
      cell: row => <span className={classes.number}>{share(row.share)}</span>,
    },
    {
      id: "reasons",
      title: say("reasons"),
      width: "40%",
      cell: row => (
        <Group gap={6}>
          {Object.entries(row.reasons).map(([name, count]) => (
            <Badge key={name} color="gray">
              {reason(name)}: {number(count)}
            </Badge>
          ))}
        </Group>
      ),
    },
  ];
}

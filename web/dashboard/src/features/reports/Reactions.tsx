import { Badge } from "@mantine/core";
import { IconThumbDown, IconThumbUp } from "@tabler/icons-react";
import { $api } from "../../api/client";
import { useTexts } from "../../i18n/language";
import type { Column } from "../../ui/DataTable";
import { Loaded } from "../../ui/Loaded";
import { useAsked } from "./asked";
import { Counted } from "./Counted";
import { useNumbers } from "./numbers";
import { Card, Chart, Csv, Nothing, Report } from "./parts";
import classes from "./Reports.module.css";
import { reports } from "./texts";

/** Thumbs up and down by day and by procedure, and the newest with the words that came with them. */
export default function Reactions() {
  const say = useTexts(reports);
  const asked = useAsked();
  const query = $api.useQuery("get", "/v1/reports/reactions", { params: { query: asked } });
  const columns = useColumns();
  const newest = {
    title: say("reason"),
    without: say("noReason"),
    value: { title: say("reactions"), width: 140, cell: (value: string) => <Thumb value={value} /> },
  };
  return (
    <Loaded query={query}>
      {found =>
        found.positive + found.negative === 0 ? (
          <Nothing />
        ) : (
          <Report>
            <Card title={say("reactions")} beside={<Csv report="reactions" name={say("reactions")} />}>
              <Chart
                label={say("chartReactions")}
                days={found.days}
                series={[
                  { name: "positive", label: say("positive"), color: "teal.6" },
                  { name: "negative", label: say("negative"), color: "red.6" },
                ]}
              />
            </Card>
            <Counted found={found} columns={columns} newest={newest} />
          </Report>
        )
      }
    </Loaded>
  );
}

interface Row {
  readonly procedure: string | null;
  readonly positive: number;
  readonly negative: number;
}

function useColumns(): readonly Column<Row>[] {
  const say = useTexts(reports);
  const { number, share } = useNumbers();
  return [
    ...(["positive", "negative"] as const).map(id => ({
      id,
      title: say(id),
      align: "right" as const,
      cell: (row: Row) => <span className={classes.number}>{number(row[id])}</span>,
    })),
    {
      id: "share",
      title: "%",
      align: "right",
      cell: row => <span className={classes.number}>{share(row.positive / (row.positive + row.negative))}</span>,
    },
  ];
}

function Thumb({ value }: { value: string }) {
  const say = useTexts(reports);
  return value === "positive" ? (
    <Badge color="teal" leftSection={<IconThumbUp size={12} />}>
      {say("positive")}
    </Badge>
  ) : (
    <Badge color="red" leftSection={<IconThumbDown size={12} />}>
      {say("negative")}
    </Badge>
  );
}

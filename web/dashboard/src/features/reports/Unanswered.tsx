import { Button, Group } from "@mantine/core";
import { IconBook2, IconRoute } from "@tabler/icons-react";
import { Link } from "react-router";
import { $api } from "../../api/client";
import { leads } from "../../app/leads";
import { useMayBuild } from "../../app/session";
import { useTexts } from "../../i18n/language";
import { type Column, DataTable } from "../../ui/DataTable";
import { Loaded } from "../../ui/Loaded";
import { Ago } from "../../ui/time";
import { entryPath, useAsked } from "./asked";
import { useNumbers } from "./numbers";
import { Card, Chart, ConversationLink, Csv, Lead, Nothing, Report } from "./parts";
import classes from "./Reports.module.css";
import { reports } from "./texts";

/** What customers asked and nothing could answer, with the ways to mend it. */
export default function Unanswered() {
  const say = useTexts(reports);
  const { procedure: _, ...asked } = useAsked();
  const query = $api.useQuery("get", "/v1/reports/unanswered", { params: { query: asked } });
  const columns = useColumns();
  return (
    <Loaded query={query}>
      {found =>
        found.count === 0 ? (
          <Nothing />
        ) : (
          <Report>
            <Lead>{say("unansweredLead")}</Lead>
            <Card title={say("unanswered")} beside={<Csv report="unanswered" name={say("unanswered")} />}>
              <Chart
                label={say("chartUnanswered")}
                days={found.days}
                series={[{ name: "count", label: say("unanswered"), color: "desk.5" }]}
              />
            </Card>
            <Card title={say("question")}>
              <DataTable
                label={say("unanswered")}
                rows={found.questions}
                columns={columns}
                id={row => `${row.conversation} ${row.seq}`}
              />
            </Card>
          </Report>
        )
      }
    </Loaded>
  );
}

interface Row {
  readonly text: string;
  readonly count: number;
  readonly last_at: string;
  readonly conversation: string;
  readonly seq: number;
}

function useColumns(): readonly Column<Row>[] {
  const say = useTexts(reports);
  const { number } = useNumbers();
  const builds = useMayBuild();
  const sources = $api.useQuery("get", "/v1/sources", {}, { staleTime: 60_000 });
  const faq = sources.data?.items.find(one => one.kind === "faq")?.slug;
  const columns: Column<Row>[] = [
    {
      id: "question",
      title: say("question"),
      cell: row => <ConversationLink to={entryPath(row.conversation, row.seq)}>{row.text}</ConversationLink>,
    },
    {
      id: "count",
      title: say("count"),
      align: "right",
      width: 90,
      cell: row => <span className={classes.number}>{number(row.count)}</span>,
    },
    { id: "last", title: say("lastAsked"), width: 150, cell: row => <Ago at={row.last_at} /> },
  ];
  return builds
    ? [...columns, { id: "mend", title: say("mend"), width: 340, cell: row => <Mend question={row.text} faq={faq} /> }]
    : columns;
}

/** The ways to mend it that lead somewhere; `faq` is a source that the question can be added to. */
function Mend({ question, faq }: { question: string; faq: string | undefined }) {
  const say = useTexts(reports);
  const asked = encodeURIComponent(question);
  const ways = [
    {
      to: faq
        ? `/knowledge/sources/${faq}?edit=1&question=${asked}`
        : `/knowledge/sources/new?kind=faq&question=${asked}`,
      label: say("addKnowledge"),
      Icon: IconBook2,
    },
    { to: `/procedures?create=type&request=${asked}`, label: say("makeProcedure"), Icon: IconRoute },
  ].filter(({ to }) => leads(to));
  return (
    <Group gap={6} className={classes.mend}>
      {ways.map(({ to, label, Icon }) => (
        <Button key={to} component={Link} to={to} variant="subtle" size="compact-sm" leftSection={<Icon size={14} />}>
          {label}
        </Button>
      ))}
    </Group>
  );
}

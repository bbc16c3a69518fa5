import { Text } from "@mantine/core";
import { Link, useLocation } from "react-router";
import { $api } from "../../api/client";
import { useTexts } from "../../i18n/language";
import { Loaded } from "../../ui/Loaded";
import { daysIn } from "../../ui/period";
import { useAsked } from "./asked";
import { useNumbers } from "./numbers";
import { OUTCOMES, outcomeDays, outcomeSeries } from "./outcomes";
import { Card, Chart, Csv, Nothing, Report } from "./parts";
import classes from "./Reports.module.css";
import { reports } from "./texts";

/** The main figures, each beside the stretch of the same length that came before. */
export default function Overview() {
  const say = useTexts(reports);
  const asked = useAsked();
  const query = $api.useQuery("get", "/v1/reports/overview", { params: { query: asked } });
  const runs = $api.useQuery("get", "/v1/reports/runs", { params: { query: asked } });
  return (
    <Loaded query={query}>
      {({ now, before }) =>
        now.conversations + now.runs.began + now.unanswered + before.conversations === 0 ? (
          <Nothing />
        ) : (
          <Report>
            <Tiles now={now} before={before} />
            <Card title={say("runs")} beside={<Csv report="overview" name={say("overview")} />}>
              <Loaded query={runs}>
                {({ days }) => (
                  <Chart label={say("chartRuns")} days={outcomeDays(days)} series={outcomeSeries(say, OUTCOMES)} />
                )}
              </Loaded>
            </Card>
          </Report>
        )
      }
    </Loaded>
  );
}

interface Figures {
  readonly conversations: number;
  readonly runs: { readonly began: number; readonly completion: number | null };
  readonly escalations: number;
  readonly unanswered: number;
  readonly positive: number;
  readonly negative: number;
  readonly calls: number;
  readonly call_errors: number;
  readonly approvals: number;
  readonly waiting_median_ms: number | null;
}

function Tiles({ now, before }: { now: Figures; before: Figures }) {
  const say = useTexts(reports);
  const { number, share, time } = useNumbers();
  const reactions = now.positive + now.negative;
  const happy = reactions ? now.positive / reactions : null;
  const wereHappy = before.positive + before.negative ? before.positive / (before.positive + before.negative) : null;
  return (
    <div className={classes.tiles}>
      <Tile label={say("conversations")} figure={number(now.conversations)} to="/conversations">
        <Change now={now.conversations} before={before.conversations} />
      </Tile>
      <Tile label={say("runs")} figure={number(now.runs.began)} to="runs">
        <Change now={now.runs.began} before={before.runs.began} />
      </Tile>
      <Tile label={say("completion")} figure={share(now.runs.completion)} note={say("completionText")} to="steps">
        <Points now={now.runs.completion} before={before.runs.completion} />
      </Tile>
      <Tile label={say("escalations")} figure={number(now.escalations)} to="escalations">
        <Change now={now.escalations} before={before.escalations} good="less" />
      </Tile>
      <Tile label={say("unanswered")} figure={number(now.unanswered)} to="unanswered">
        <Change now={now.unanswered} before={before.unanswered} good="less" />
      </Tile>
      <Tile
        label={say("satisfaction")}
        figure={share(happy)}
        note={say("satisfactionText", { count: reactions })}
        to="reactions"
      >
        <Points now={happy} before={wereHappy} />
      </Tile>
      <Tile
        label={say("callErrors")}
        figure={number(now.call_errors)}
        note={say("ofCalls", { count: now.calls })}
        to="calls"
      >
        <Change now={now.call_errors} before={before.call_errors} good="less" />
      </Tile>
      <Tile
        label={say("waitingTime")}
        figure={time(now.waiting_median_ms)}
        note={`${say("median")}, ${say("asked", { count: now.approvals })}`}
        to="approvals"
      />
    </div>
  );
}

interface TileProps {
  readonly label: string;
  readonly figure: string;
  readonly note?: string;
  readonly to: string;
  readonly children?: React.ReactNode;
}

function Tile({ label, figure, note, to, children }: TileProps) {
  const { search } = useLocation();
  return (
    <Link to={to.startsWith("/") ? to : { pathname: `/reports/${to}`, search }} className={classes.tile}>
      <Text fz="sm" c="dimmed">
        {label}
      </Text>
      <div className={classes.figure}>{figure}</div>
      {note && (
        <Text fz="xs" c="dimmed">
          {note}
        </Text>
      )}
      {children}
    </Link>
  );
}

interface ChangeProps {
  readonly now: number;
  readonly before: number;
  /** Which direction is a good one; neither, if left out. */
  readonly good?: "more" | "less";
}

function Change({ now, before, good }: ChangeProps) {
  const { share } = useNumbers();
  return <Told now={now} before={before} good={good} change={before ? share(Math.abs(now - before) / before) : null} />;
}

/** How many percentage points it moved: more is better. */
function Points({ now, before }: { now: number | null; before: number | null }) {
  const say = useTexts(reports);
  const { number } = useNumbers();
  if (now === null || before === null) return null;
  const points = Math.round(Math.abs(now - before) * 1000) / 10;
  return (
    <Told now={points ? now : before} before={before} good="more" change={say("points", { value: number(points) })} />
  );
}

interface ToldProps {
  readonly now: number;
  readonly before: number;
  readonly good?: "more" | "less";
  readonly change: string | null;
}

function Told({ now, before, good, change }: ToldProps) {
  const say = useTexts(reports);
  const when = say("before", { count: daysIn(useAsked()) });
  if (now === before || change === null) {
    return (
      <Text fz="xs" c="dimmed">
        {now === before ? say("same", { before: when }) : say("fresh", { before: when })}
      </Text>
    );
  }
  const direction = now > before ? "more" : "less";
  return (
    <Text
      fz="xs"
      c={good ? undefined : "dimmed"}
      className={good && (direction === good ? classes.better : classes.worse)}
    >
      {direction === "more" ? "▲ " : "▼ "}
      {say(direction === "more" ? "up" : "down", { change, before: when })}
    </Text>
  );
}

/** What the reports have in common: cards, tables of figures, charts, numbers in the reader's language. */

import { Anchor, Group, Skeleton, Stack, Text, Title } from "@mantine/core";
import { IconChartBar } from "@tabler/icons-react";
import { lazy, type ReactNode, Suspense } from "react";
import { Link } from "react-router";
import { useTexts } from "../../i18n/language";
import { Download } from "../../ui/Download";
import { Empty } from "../../ui/Empty";
import { TalkButton } from "../../ui/TalkButton";
import { tablePath, useAsked } from "./asked";
import type { Bars } from "./Chart";
import classes from "./Reports.module.css";
import { reports } from "./texts";

const LazyChart = lazy(() => import("./Chart"));

interface CardProps {
  readonly title: string;
  readonly beside?: ReactNode;
  readonly children: ReactNode;
}

export function Card({ title, beside, children }: CardProps) {
  return (
    <section className={classes.card} aria-label={title}>
      <Group justify="space-between" mb="sm" gap="xs">
        <Title order={2} fz="md">
          {title}
        </Title>
        {beside}
      </Group>
      {children}
    </section>
  );
}

/** Bars by day; the table beneath tells the same. */
export function Chart(props: Bars) {
  return (
    <figure className={classes.chart} aria-label={props.label}>
      <Suspense fallback={<Skeleton h={240} />}>
        <LazyChart {...props} />
      </Suspense>
    </figure>
  );
}

/** Saves what a report counts as a table. */
export function Csv({ report, name, more }: { report: string; name: string; more?: Readonly<Record<string, string>> }) {
  const asked = useAsked();
  const say = useTexts(reports);
  return (
    <Download
      path={tablePath(report, asked, more)}
      name={`${report}.csv`}
      label={say("csv")}
      aria={say("csvOf", { name })}
      compact
    />
  );
}

/** Nothing was counted: what to do about it. */
export function Nothing() {
  const say = useTexts(reports);
  return (
    <Empty icon={IconChartBar} title={say("nothing")} action={<TalkButton variant="default">{say("talk")}</TalkButton>}>
      {say("nothingText")}
    </Empty>
  );
}

export function Lead({ children }: { children: ReactNode }) {
  return (
    <Text c="dimmed" fz="sm" maw={680}>
      {children}
    </Text>
  );
}

export function Report({ children }: { children: ReactNode }) {
  return <Stack gap="md">{children}</Stack>;
}

export function ConversationLink({ to, children }: { to: string; children: ReactNode }) {
  return (
    <Anchor component={Link} to={to} fz="sm" className={classes.words}>
      {children}
    </Anchor>
  );
}

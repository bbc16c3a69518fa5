import { Alert, Group, NativeSelect, Tabs } from "@mantine/core";
import { IconHourglass } from "@tabler/icons-react";
import { useIsFetching, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useRef } from "react";
import { Link, Navigate, Route, Routes, useLocation } from "react-router";
import { $api } from "../../api/client";
import { useTexts } from "../../i18n/language";
import type { PlainKey } from "../../i18n/texts";
import { useFilters } from "../../ui/filters";
import { Page } from "../../ui/Page";
import { PeriodSelect } from "../../ui/PeriodSelect";
import { Waiting } from "../../ui/Waiting";
import { NAMES } from "./asked";
import { useProcedureNames } from "./names";
import classes from "./Reports.module.css";
import { reports } from "./texts";

const SECTIONS = {
  overview: lazy(() => import("./Overview")),
  runs: lazy(() => import("./Runs")),
  steps: lazy(() => import("./Steps")),
  reactions: lazy(() => import("./Reactions")),
  escalations: lazy(() => import("./Escalations")),
  unanswered: lazy(() => import("./Unanswered")),
  calls: lazy(() => import("./Calls")),
  approvals: lazy(() => import("./Approvals")),
} as const;
const KEYS = Object.keys(SECTIONS) as readonly (keyof typeof SECTIONS & PlainKey<typeof reports.en>)[];

/** Reports, each with an address of its own; period and filters stay when one goes from one to the next. */
export default function Reports() {
  const say = useTexts(reports);
  const { pathname, search } = useLocation();
  const current = KEYS.find(key => pathname.endsWith(`/${key}`)) ?? "overview";
  const tabs = useRef<HTMLDivElement>(null);
  // on a phone the row of tabs is wider than the screen
  useEffect(() => bringIntoView(tabs.current, current), [current]);
  return (
    <Page title={say("title")} lead={say("lead")}>
      <Tabs ref={tabs} value={current} className={classes.tabs}>
        <Tabs.List aria-label={say("sections")}>
          {KEYS.map(key => (
            <Tabs.Tab
              key={key}
              value={key}
              renderRoot={props => <Link {...props} to={{ pathname: `/reports/${key}`, search }} />}
            >
              {say(key)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
      </Tabs>
      <Filters section={current} />
      <CatchingUp />
      <div id={`report-${current}`}>
        <Suspense fallback={<Waiting />}>
          <Routes>
            <Route index element={<Navigate to={{ pathname: "overview", search }} replace />} />
            {KEYS.map(key => {
              const Section = SECTIONS[key];
              return <Route key={key} path={key} element={<Section />} />;
            })}
            <Route path="*" element={<Navigate to="/reports/overview" replace />} />
          </Routes>
        </Suspense>
      </div>
    </Page>
  );
}

function bringIntoView(row: HTMLElement | null, section: string): void {
  const tab = row?.querySelector<HTMLElement>(`[role=tab][href*="/reports/${section}"]`);
  if (row && tab) row.scrollLeft = tab.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
}

function Filters({ section }: { section: string }) {
  const say = useTexts(reports);
  const [filters, change] = useFilters(NAMES);
  const names = useProcedureNames();
  const agents = $api.useQuery("get", "/v1/agents", {}, { staleTime: 60_000 });
  const slugs =
    names.slugs.includes(filters.procedure) || !filters.procedure ? names.slugs : [...names.slugs, filters.procedure];
  return (
    <Group gap="sm" align="flex-end">
      <PeriodSelect {...filters} change={change} usual="30" />
      {section !== "unanswered" && section !== "steps" && (
        <NativeSelect
          label={say("procedure")}
          value={filters.procedure}
          onChange={event => change({ procedure: event.currentTarget.value, version: "" })}
          data={[
            { value: "", label: say("anyProcedure") },
            ...slugs.map(slug => ({ value: slug, label: names.name(slug) })),
          ]}
        />
      )}
      {((agents.data?.items.length ?? 0) > 1 || filters.agent !== "") && (
        <NativeSelect
          label={say("agent")}
          value={filters.agent}
          onChange={event => change({ agent: event.currentTarget.value })}
          data={[
            { value: "", label: say("anyAgent") },
            ...(agents.data?.items ?? []).map(({ slug, name }) => ({ value: slug, label: name })),
          ]}
        />
      )}
    </Group>
  );
}

/** Told once for all reports: whichever of them was read last says whether older conversations are still being read. */
function CatchingUp() {
  const say = useTexts(reports);
  const queries = useQueryClient();
  useIsFetching();
  const behind = queries
    .getQueriesData<{ catching_up?: boolean }>({
      predicate: query => query.isActive() && String(query.queryKey[1]).startsWith("/v1/reports/"),
    })
    .some(([, data]) => data?.catching_up === true);
  if (!behind) return null;
  return (
    <Alert color="blue" icon={<IconHourglass size={18} />} py="xs">
      {say("catchingUp")}
    </Alert>
  );
}

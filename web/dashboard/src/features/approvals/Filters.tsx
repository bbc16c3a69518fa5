/** What of the approvals is shown; all of it stands in the address. */

import { Button, Select, SimpleGrid, Switch } from "@mantine/core";
import { $api } from "../../api/client";
import { useTexts } from "../../i18n/language";
import { ui } from "../../ui/texts";
import classes from "./approvals.module.css";
import { type Decided, isDecided, STATUSES } from "./shared";
import { approvals } from "./texts";

export type Name = "tab" | "all" | "about" | "status" | "procedure" | "period";
type Chosen = Readonly<Record<Name, string>>;

const DAYS: Readonly<Record<string, number>> = { day: 1, week: 7, month: 30 };

// a type, not an interface: it is a query's key, which takes any name
type Asked = {
  readonly status: "pending" | "decided" | Decided;
  readonly mine?: boolean;
  readonly about?: "approval" | "outcome";
  readonly procedure?: string;
  readonly since?: string;
  readonly limit: number;
};

/** The request that the filters stand for. */
export function query(filters: Chosen, decided: boolean, now = Date.now()): Asked {
  const days = DAYS[filters.period];
  // whole minutes, so that the request stays the same from one look to the next
  const since = days ? new Date(Math.floor(now / 60_000) * 60_000 - days * 86_400_000).toISOString() : undefined;
  return {
    status: !decided ? "pending" : isDecided(filters.status) ? filters.status : "decided",
    mine: !decided && !filters.all ? true : undefined,
    about: filters.about === "approval" || filters.about === "outcome" ? filters.about : undefined,
    procedure: filters.procedure || undefined,
    since: decided ? since : undefined,
    limit: 50,
  };
}

const NONE = { about: "", status: "", procedure: "", period: "" } as const;

/** Whether anything but the tab narrows the list. */
export function isNarrowed({ about, status, procedure, period }: Chosen): boolean {
  return [about, status, procedure, period].some(Boolean);
}

interface Props {
  readonly decided: boolean;
  readonly filters: Chosen;
  readonly change: (changes: Partial<Chosen>) => void;
}

export function Filters({ decided, filters, change }: Props) {
  const say = useTexts(approvals);
  const common = useTexts(ui);
  const procedures = $api.useQuery("get", "/v1/procedures");
  const names = (procedures.data?.items ?? []).map(one => ({ value: one.slug, label: one.name }));
  return (
    <SimpleGrid cols={2} spacing="xs" verticalSpacing="xs" className={classes.filters}>
      <Select
        size="xs"
        aria-label={say("procedure")}
        placeholder={say("anyProcedure")}
        data={names}
        value={filters.procedure || null}
        onChange={value => change({ procedure: value ?? "" })}
        searchable
        clearable
      />
      <Select
        size="xs"
        aria-label={say("kind")}
        placeholder={say("anyKind")}
        data={[
          { value: "approval", label: say("kindApproval") },
          { value: "outcome", label: say("kindOutcome") },
        ]}
        value={filters.about || null}
        onChange={value => change({ about: value ?? "" })}
        clearable
      />
      {decided && (
        <>
          <Select
            size="xs"
            aria-label={say("status")}
            placeholder={say("anyStatus")}
            data={STATUSES.map(value => ({ value, label: say(`s_${value}`) }))}
            value={filters.status || null}
            onChange={value => change({ status: value ?? "" })}
            clearable
          />
          <Select
            size="xs"
            aria-label={say("period")}
            placeholder={say("anyTime")}
            data={(["day", "week", "month"] as const).map(value => ({ value, label: say(value) }))}
            value={filters.period || null}
            onChange={value => change({ period: value ?? "" })}
            clearable
          />
        </>
      )}
      {!decided && filters.all && (
        <Switch size="xs" label={say("onlyMine")} checked={false} onChange={() => change({ all: "" })} />
      )}
      {isNarrowed(filters) && (
        <Button variant="subtle" size="xs" onClick={() => change(NONE)}>
          {common("clear")}
        </Button>
      )}
    </SimpleGrid>
  );
}

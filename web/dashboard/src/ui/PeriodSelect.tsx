import { Group, NativeSelect, TextInput } from "@mantine/core";
import { useTexts } from "../i18n/language";
import { dateText, isPeriod, PERIODS, type PeriodName } from "./period";
import { periodTexts } from "./periodTexts";

interface Props {
  readonly period: string;
  readonly since: string;
  readonly until: string;
  readonly change: (changes: { period?: string; since?: string; until?: string }) => void;
  /** The period that is meant where the address names none; without it, any time. */
  readonly usual?: PeriodName;
}

/** Chooses a stretch of time; two dates where none of the usual ones will do. */
export function PeriodSelect({ period, since, until, change, usual }: Props) {
  const say = useTexts(periodTexts);
  const chosen = isPeriod(period) ? period : (usual ?? "");
  const choose = (value: string) => {
    if (value !== "custom") return change({ period: value === usual ? "" : value, since: "", until: "" });
    const today = new Date();
    const before = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 29);
    change({ period: value, since: since || dateText(before), until: until || dateText(today) });
  };
  return (
    <Group gap="xs" align="flex-end">
      <NativeSelect
        label={say("period")}
        value={chosen}
        onChange={event => choose(event.currentTarget.value)}
        data={[
          ...(usual ? [] : [{ value: "", label: say("any") }]),
          ...PERIODS.map(name => ({
            value: name,
            label: say(name === "7" || name === "30" || name === "90" ? `days${name}` : name),
          })),
        ]}
      />
      {chosen === "custom" && (
        <>
          <TextInput
            type="date"
            label={say("from")}
            value={since}
            max={until || undefined}
            onChange={event => change({ since: event.currentTarget.value })}
          />
          <TextInput
            type="date"
            label={say("to")}
            value={until}
            min={since || undefined}
            onChange={event => change({ until: event.currentTarget.value })}
          />
        </>
      )}
    </Group>
  );
}

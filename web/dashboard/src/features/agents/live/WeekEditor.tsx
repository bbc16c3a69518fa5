/** Hours for each day of the week: a day has none, or one or several stretches of time. */

import { ActionIcon, Checkbox, Group, Input, Stack, Text, TextInput, Tooltip } from "@mantine/core";
import { IconCopy, IconPlus, IconX } from "@tabler/icons-react";
import { useLanguage, useTexts } from "../../../i18n/language";
import classes from "./Live.module.css";
import { live } from "./texts";
import {
  DAYS,
  type Day,
  following,
  hoursOf,
  isEmpty,
  isStretch,
  MOST_STRETCHES,
  OFFICE,
  type Stretch,
  type Week,
} from "./week";

interface Props {
  readonly week: Week;
  readonly change: (week: Week) => void;
  readonly readOnly: boolean;
}

export function WeekEditor({ week, change, readOnly }: Props) {
  const say = useTexts(live);
  const put = (day: Day, stretches: readonly Stretch[]) => change({ ...week, [day]: stretches });
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset brings looks of its own
    <div role="group" aria-label={say("hours")}>
      <Stack gap={6}>
        {DAYS.map((day, at) => (
          <OneDay
            key={day}
            day={day}
            stretches={week[day]}
            put={stretches => put(day, stretches)}
            like={before(week, at)}
            onward={() => change(copied(week, day))}
            readOnly={readOnly}
          />
        ))}
      </Stack>
      {isEmpty(hoursOf(week)) && <Input.Error mt={6}>{say("noDay")}</Input.Error>}
      <Text fz="xs" c="dimmed" mt={6}>
        {say("midnight")}
      </Text>
    </div>
  );
}

/** The hours of the nearest day before that has some: a day that is added begins with the same. */
function before(week: Week, at: number): readonly Stretch[] {
  const day = DAYS.slice(0, at).findLast(one => week[one].length > 0);
  return day ? week[day] : [OFFICE];
}

/** The hours of a day for every other day that has any. */
function copied(week: Week, from: Day): Week {
  return Object.fromEntries(DAYS.map(day => [day, week[day].length ? week[from] : []])) as unknown as Week;
}

interface DayProps {
  readonly day: Day;
  readonly stretches: readonly Stretch[];
  readonly put: (stretches: readonly Stretch[]) => void;
  readonly like: readonly Stretch[];
  readonly onward: () => void;
  readonly readOnly: boolean;
}

function OneDay({ day, stretches, put, like, onward, readOnly }: DayProps) {
  const say = useTexts(live);
  const name = useDayName(day);
  const wrong = stretches.some(one => !isStretch(one));
  return (
    <div className={classes.day}>
      <Checkbox
        className={classes.name}
        label={name}
        checked={stretches.length > 0}
        onChange={event => put(event.currentTarget.checked ? like : [])}
        disabled={readOnly}
      />
      <Stack gap={4}>
        {stretches.length === 0 && (
          <Text fz="sm" c="dimmed" pt={7}>
            {say("closed")}
          </Text>
        )}
        {stretches.map((one, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a time keeps its place while it is being typed
          <Group key={at} gap={4} wrap="nowrap">
            <Times
              name={name}
              value={one}
              set={next => put(stretches.map((other, place) => (place === at ? next : other)))}
              readOnly={readOnly}
            />
            {!readOnly && stretches.length > 1 && (
              <ActionIcon
                aria-label={say("removeStretch", { day: name, from: one.from, to: one.to })}
                onClick={() => put(stretches.filter((_, place) => place !== at))}
              >
                <IconX size={14} />
              </ActionIcon>
            )}
            {!readOnly && at === stretches.length - 1 && (
              <>
                {stretches.length < MOST_STRETCHES && (
                  <Tooltip label={say("addStretch", { day: name })}>
                    <ActionIcon
                      aria-label={say("addStretch", { day: name })}
                      onClick={() => put([...stretches, following(one)])}
                    >
                      <IconPlus size={14} />
                    </ActionIcon>
                  </Tooltip>
                )}
                <Tooltip label={say("copyDay", { day: name })}>
                  <ActionIcon aria-label={say("copyDay", { day: name })} onClick={onward}>
                    <IconCopy size={14} />
                  </ActionIcon>
                </Tooltip>
              </>
            )}
          </Group>
        ))}
        {wrong && <Input.Error>{say("noStretch")}</Input.Error>}
      </Stack>
    </div>
  );
}

interface TimesProps {
  readonly name: string;
  readonly value: Stretch;
  readonly set: (value: Stretch) => void;
  readonly readOnly: boolean;
}

function Times({ name, value, set, readOnly }: TimesProps) {
  const say = useTexts(live);
  const input = (end: keyof Stretch) => (
    <TextInput
      type="time"
      aria-label={say(end === "from" ? "dayFrom" : "dayTo", { day: name })}
      value={value[end]}
      onChange={event => set({ ...value, [end]: event.currentTarget.value })}
      error={!isStretch(value)}
      readOnly={readOnly}
    />
  );
  return (
    <>
      {input("from")}
      <span aria-hidden>–</span>
      {input("to")}
    </>
  );
}

function useDayName(day: Day): string {
  const { language } = useLanguage();
  const monday = Date.UTC(2024, 0, 1);
  const date = new Date(monday + DAYS.indexOf(day) * 86_400_000);
  return new Intl.DateTimeFormat(language, { weekday: "long", timeZone: "UTC" }).format(date);
}

/** Live chat: whether an agent's customers can talk to a person, where that person sits, and when. */

import type { LiveChat } from "@deskhand/contract";
import { NativeSelect, Radio, Select, Stack, Switch, Text } from "@mantine/core";
import { useState } from "react";
import { $api } from "../../../api/client";
import { useMayBuild } from "../../../app/session";
import { useLanguage, useTexts } from "../../../i18n/language";
import { regional } from "../../../i18n/texts";
import { Card } from "../../../ui/Card";
import { useNow } from "../../../ui/time";
import { ZONES } from "../../settings/general/choices";
import type { PartProps } from "../drafts";
import { live } from "./texts";
import { WeekEditor } from "./WeekEditor";
import { DAYS, hoursOf, OFFICE, type Week, weekOf } from "./week";

const INBOX = "inbox";
const BEGUN: LiveChat = { to: INBOX, hours: [], time_zone: "" };
const WORKDAYS = [{ ...OFFICE, days: DAYS.slice(0, 5) }];

export function LiveChatTab({ agent, set }: PartProps) {
  const say = useTexts(live);
  const builds = useMayBuild();
  const [before, setBefore] = useState(agent.live_chat ?? BEGUN);
  const on = agent.live_chat !== null;
  const turn = (wanted: boolean) => {
    if (agent.live_chat) setBefore(agent.live_chat); // switched on again, it is as it was
    set({ live_chat: wanted ? before : null });
  };
  return (
    <Card title={say("title")}>
      <Stack>
        <Switch
          label={say("on")}
          description={say("onHint")}
          checked={on}
          onChange={event => turn(event.currentTarget.checked)}
          disabled={!builds}
        />
        {agent.live_chat && (
          <>
            <Where
              chat={agent.live_chat}
              put={change => set({ live_chat: { ...before, ...agent.live_chat, ...change } })}
            />
            <When
              chat={agent.live_chat}
              put={change => set({ live_chat: { ...before, ...agent.live_chat, ...change } })}
            />
          </>
        )}
      </Stack>
    </Card>
  );
}

interface Props {
  readonly chat: LiveChat;
  readonly put: (change: Partial<LiveChat>) => void;
}

function Where({ chat, put }: Props) {
  const say = useTexts(live);
  const builds = useMayBuild();
  const channels = $api.useQuery("get", "/v1/channels");
  const known = (channels.data?.items ?? []).map(one => ({
    value: one.slug,
    label: say("channel", { name: one.name }),
  }));
  const gone = chat.to !== INBOX && !known.some(one => one.value === chat.to);
  return (
    <NativeSelect
      label={say("to")}
      description={say("toHint")}
      value={chat.to}
      onChange={event => put({ to: event.currentTarget.value })}
      data={[{ value: INBOX, label: say("inbox") }, ...known, ...(gone ? [chat.to] : [])]}
      error={gone && channels.data ? say("noChannel") : undefined}
      disabled={!builds}
      maw={360}
    />
  );
}

function When({ chat, put }: Props) {
  const say = useTexts(live);
  const builds = useMayBuild();
  const [week, setWeek] = useState<Week>(() => weekOf(chat.hours.length ? chat.hours : WORKDAYS));
  const change = (next: Week) => {
    setWeek(next);
    put({ hours: hoursOf(next) });
  };
  const limited = chat.hours.length > 0;
  return (
    <>
      <Radio.Group
        label={say("when")}
        value={limited ? "hours" : "always"}
        onChange={value => builds && put({ hours: value === "hours" ? hoursOf(week) : [] })}
      >
        <Stack gap={6} mt={6}>
          <Radio value="always" label={say("always")} disabled={!builds} />
          <Radio value="hours" label={say("hours")} disabled={!builds} />
        </Stack>
      </Radio.Group>
      {limited && (
        <>
          <WeekEditor week={week} change={change} readOnly={!builds} />
          <Zone chat={chat} put={put} />
        </>
      )}
      <Text fz="sm" c="dimmed">
        {say("away")}
      </Text>
    </>
  );
}

function Zone({ chat, put }: Props) {
  const say = useTexts(live);
  const builds = useMayBuild();
  const { language } = useLanguage();
  const now = useNow(15_000);
  const { data } = $api.useQuery("get", "/v1/settings");
  const usual = data?.time_zone ?? "UTC";
  const zones = [
    { value: "", label: say("usualZone", { zone: usual }) },
    ...ZONES.map(zone => ({ value: zone, label: zone })),
  ];
  const known = zones.some(one => one.value === chat.time_zone);
  const time = timeIn(chat.time_zone || usual, regional(language), now);
  return (
    <Select
      label={say("zone")}
      description={time && say("zoneHint", { time })}
      value={chat.time_zone}
      onChange={value => value !== null && put({ time_zone: value })}
      data={known ? zones : [...zones, { value: chat.time_zone, label: chat.time_zone }]}
      searchable
      limit={60}
      nothingFoundMessage={say("noZone")}
      allowDeselect={false}
      readOnly={!builds}
      maw={360}
    />
  );
}

function timeIn(zone: string, language: string, now: number): string {
  try {
    const format = new Intl.DateTimeFormat(language, {
      weekday: "long",
      timeStyle: undefined,
      hour: "2-digit",
      minute: "2-digit",
      timeZone: zone,
    });
    return format.format(now);
  } catch {
    return ""; // a zone that this browser has not heard of
  }
}

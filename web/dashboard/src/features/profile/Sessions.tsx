import type { OwnSession } from "@deskhand/contract";
import { Badge, Button, Group, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { $api, api } from "../../api/client";
import { useTexts } from "../../i18n/language";
import { Confirm } from "../../ui/confirm";
import { type Column, DataTable } from "../../ui/DataTable";
import { ErrorNote } from "../../ui/ErrorNote";
import { Loaded } from "../../ui/Loaded";
import { Ago } from "../../ui/time";
import { browserOf } from "./browsers";
import { profile } from "./texts";

/** Where one is signed in, each with a button that ends it. */
export function Sessions() {
  const say = useTexts(profile);
  const anew = useAnew();
  const query = $api.useQuery("get", "/v1/me/sessions");
  const [asking, setAsking] = useState(false);
  const ending = $api.useMutation("delete", "/v1/me/sessions/{id}", { onSettled: anew });
  const columns = useColumns(one => ending.mutate({ params: { path: { id: one.id } } }));
  const endOthers = async () => {
    await api.DELETE("/v1/me/sessions");
    await anew();
  };
  return (
    <Loaded query={query}>
      {({ items }) => (
        <>
          {ending.error && <ErrorNote error={ending.error} />}
          <DataTable label={say("sessions")} rows={items} columns={columns} id={one => one.id} />
          {items.length > 1 && (
            <Group>
              <Button variant="default" onClick={() => setAsking(true)}>
                {say("endOthers")}
              </Button>
            </Group>
          )}
          <Confirm
            opened={asking}
            close={() => setAsking(false)}
            title={say("endOthersTitle")}
            action={say("endOthers")}
            danger
            run={endOthers}
          >
            {say("endOthersText")}
          </Confirm>
        </>
      )}
    </Loaded>
  );
}

function useAnew(): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ["get", "/v1/me/sessions"] });
}

function useColumns(end: (session: OwnSession) => void): readonly Column<OwnSession>[] {
  const say = useTexts(profile);
  const named = ({ user_agent }: OwnSession) => {
    const { browser, system } = browserOf(user_agent);
    return browser && system ? say("on", { browser, system }) : (browser ?? system ?? say("unknown"));
  };
  return [
    {
      id: "browser",
      title: say("browser"),
      cell: one => (
        <Group gap={6} wrap="nowrap">
          <Text span fz="sm" fw={550} title={one.user_agent}>
            {named(one)}
          </Text>
          {one.current && <Badge size="sm">{say("here")}</Badge>}
        </Group>
      ),
    },
    { id: "from", title: say("from"), cell: one => one.ip },
    { id: "began", title: say("began"), wide: true, cell: one => <Ago at={one.created_at} /> },
    { id: "seen", title: say("seen"), cell: one => <Ago at={one.seen_at} /> },
    {
      id: "end",
      title: "",
      align: "right",
      cell: one =>
        one.current ? null : (
          <Button
            size="compact-sm"
            variant="subtle"
            color="red"
            aria-label={say("endNamed", { browser: named(one) })}
            onClick={() => end(one)}
          >
            {say("end")}
          </Button>
        ),
    },
  ];
}

import { Group, Stack, Text, Title, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { $api } from "../../../api/client";
import { useTexts } from "../../../i18n/language";
import { Loaded } from "../../../ui/Loaded";
import { Ago } from "../../../ui/time";
import { Waiting } from "../../../ui/Waiting";
import { Exchange, OutcomeBadge } from "./Exchange";
import { tests } from "./testTexts";

/** The newest tries of an action. */
export function Earlier({ action }: { action: string }) {
  const say = useTexts(tests);
  const [open, setOpen] = useState("");
  const query = $api.useQuery("get", "/v1/executions", { params: { query: { action, test: true, limit: 5 } } });
  return (
    <section>
      <Title order={2} fz="md" mb="xs">
        {say("earlier")}
      </Title>
      <Loaded query={query} waiting={<Waiting rows={2} />}>
        {({ items }) => (
          <Stack gap="xs">
            {items.length === 0 && (
              <Text fz="sm" c="dimmed">
                {say("earlierNone")}
              </Text>
            )}
            {items.map(one => (
              <div key={one.id}>
                <UnstyledButton
                  onClick={() => setOpen(open === one.id ? "" : one.id)}
                  aria-expanded={open === one.id}
                  fz="sm"
                >
                  <Group gap="sm">
                    <Ago at={one.at} />
                    <OutcomeBadge status={one.status} />
                    {one.http_status !== null && <span>{one.http_status}</span>}
                  </Group>
                </UnstyledButton>
                {open === one.id && (
                  <Exchange
                    request={one.request}
                    curl={one.curl}
                    status={one.http_status}
                    milliseconds={one.milliseconds}
                    response={one.response}
                    problem={one.problem}
                    noAnswer={say("noAnswer")}
                  />
                )}
              </div>
            ))}
          </Stack>
        )}
      </Loaded>
    </section>
  );
}

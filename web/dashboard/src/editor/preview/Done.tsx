/** What a preview would have done, with what came back. */

import type { Preview, PreviewCall } from "@deskhand/contract";
import { Accordion, Badge, Group, Stack, Text } from "@mantine/core";
import { Value } from "../../features/talk/Http";
import { useTexts } from "../../i18n/language";
import { Copy } from "../../ui/Copy";
import { preview as texts } from "./texts";

export function Done({ preview }: { preview: Preview }) {
  const say = useTexts(texts);
  return (
    <Accordion variant="separated" multiple>
      <Accordion.Item value="done">
        <Accordion.Control>
          <Text fz="sm">
            {say("done")} ({preview.done.length})
          </Text>
        </Accordion.Control>
        <Accordion.Panel>
          {preview.done.length === 0 ? (
            <Text fz="sm" c="dimmed">
              {say("doneNothing")}
            </Text>
          ) : (
            <Stack gap="md">
              {preview.done.map(one => (
                <Call key={`${one.run} ${one.seq}`} call={one} />
              ))}
            </Stack>
          )}
        </Accordion.Panel>
      </Accordion.Item>
      <Accordion.Item value="values">
        <Accordion.Control>
          <Text fz="sm">{say("values")}</Text>
        </Accordion.Control>
        <Accordion.Panel>
          <Value value={preview.variables} label={say("values")} />
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  );
}

const HOW = { mock: "how_mock", sent: "how_sent", pretended: "how_pretended" } as const;

function Call({ call }: { call: PreviewCall }) {
  const say = useTexts(texts);
  return (
    <Stack gap={4} component="section" aria-label={call.step}>
      <Group gap={6}>
        <Text fz="sm" fw={600}>
          {call.step}
        </Text>
        <Badge color={call.how === "sent" ? "orange" : "gray"}>{say(HOW[call.how])}</Badge>
        {call.http_status !== null && <Badge variant="default">{call.http_status}</Badge>}
        {call.curl && <Copy value={call.curl} />}
      </Group>
      {call.problem && <Text fz="sm">{call.problem}</Text>}
      <Value value={call.request} label={say("request")} />
      {call.response !== null && call.response !== undefined && <Value value={call.response} label={call.status} />}
    </Stack>
  );
}

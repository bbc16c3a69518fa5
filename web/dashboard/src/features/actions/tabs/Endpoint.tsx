import { Anchor, Code, Group, NativeSelect, SimpleGrid, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { Link } from "react-router";
import { $api } from "../../../api/client";
import { useTexts } from "../../../i18n/language";
import { useEditing, useRequest } from "../editing";
import { Pairs } from "../fields/Pairs";
import { TemplateInput } from "../fields/TemplateInput";
import { METHODS } from "../model";
import { Body } from "./Body";
import { CurlOffer, isCurl } from "./Curl";
import { tabs } from "./texts";

/** Where a request goes and what it brings along. */
export function Endpoint() {
  const say = useTexts(tabs);
  const [, set] = useRequest();
  const [request] = useRequest();
  return (
    <Stack gap="lg">
      <Address />
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
        <Pairs
          title={say("query")}
          hint={say("queryHint")}
          values={request.query}
          onChange={query => set({ query })}
          example={["include", "orders"]}
        />
        <Pairs
          title={say("headers")}
          hint={say("headersHint")}
          values={request.headers}
          onChange={headers => set({ headers })}
          example={["X-Channel", "{{conversation.channel}}"]}
        />
      </SimpleGrid>
      <Body />
    </Stack>
  );
}

/** Connection, method and address; a pasted cURL command is offered to be read. */
export function Address() {
  const say = useTexts(tabs);
  const { doc, locked, problem, nameable } = useEditing();
  const [request, set] = useRequest();
  const [command, setCommand] = useState<string | null>(null);
  const { data } = $api.useQuery("get", "/v1/connections");
  const web = (data?.items ?? []).filter(one => one.kind === "http");
  const connection = web.find(one => one.slug === request.connection);
  const base = connection?.base_url ?? request.connection;
  return (
    <Stack gap="sm">
      <Group align="flex-end" gap="xs">
        <NativeSelect
          label={say("connection")}
          data={[
            { value: "", label: say("noConnection") },
            ...web.map(one => ({ value: one.slug, label: one.name || one.slug })),
            ...(request.connection && !connection ? [request.connection] : []),
          ]}
          value={request.connection ?? ""}
          onChange={event => set({ connection: event.currentTarget.value || null })}
          error={problem("request.connection")}
          disabled={locked}
          miw={260}
        />
        {!locked && (
          <Anchor component={Link} to="/settings/connections/new" fz="sm" pb={8}>
            {say("newConnection")}
          </Anchor>
        )}
      </Group>
      <Group align="flex-start" gap="xs" wrap="nowrap">
        <NativeSelect
          label={say("method")}
          data={METHODS}
          value={request.method ?? "GET"}
          onChange={event => set({ method: event.currentTarget.value })}
          disabled={locked}
          w={110}
        />
        <div style={{ flex: 1, minWidth: 0 }}>
          <TemplateInput
            label={say("url")}
            required
            value={request.url}
            onChange={url => set({ url })}
            onPaste={event => {
              const text = event.clipboardData.getData("text");
              if (!isCurl(text)) return;
              event.preventDefault();
              setCommand(text);
            }}
            nameable={nameable}
            placeholder={base ? "/orders/{{order_id}}" : "api.example.com/orders/{{order_id}}"}
            error={problem("request.url")}
            disabled={locked}
            mono
          />
        </div>
      </Group>
      <Text fz="xs" c="dimmed" mt={-6}>
        {base ? say("pathHint", { base }) : say("urlHint", { example: "{{order_id}}" })}
      </Text>
      {command !== null && <CurlOffer key={command} command={command} slug={doc.slug} close={() => setCommand(null)} />}
      <Whole url={request.url} base={base ?? null} />
    </Stack>
  );
}

/** The address as it is called, with the protocol that nobody wrote. */
function Whole({ url, base }: { url: string; base: string | null }) {
  if (!url.trim()) return null;
  const place = base ? `${base.replace(/\/+$/, "")}/${url.trim().replace(/^\/+/, "")}` : url.trim();
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(place) ? place : `https://${place}`;
  if (whole === url.trim()) return null;
  return (
    <Text fz="sm" style={{ overflowWrap: "anywhere" }}>
      → <Code>{whole}</Code>
    </Text>
  );
}

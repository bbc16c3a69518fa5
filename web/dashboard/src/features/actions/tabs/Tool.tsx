import { Alert, Button, Code, NativeSelect, NumberInput, Select, SimpleGrid, Stack, Switch, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { $api } from "../../../api/client";
import { useTexts } from "../../../i18n/language";
import { ErrorNote } from "../../../ui/ErrorNote";
import { useEditing } from "../editing";
import type { ToolCall } from "../model";
import { JsonTemplate } from "./JsonTemplate";
import { tabs } from "./texts";

/** Which tool of which MCP server is called, and with what. */
export function Tool() {
  const say = useTexts(tabs);
  const { doc, set, locked, problem } = useEditing();
  const call = doc.call ?? { connection: "", tool: "" };
  const change = (patch: Partial<ToolCall>) => set({ call: { ...call, ...patch } });
  const { data: connections } = $api.useQuery("get", "/v1/connections");
  const servers = (connections?.items ?? []).filter(one => one.kind !== "http");
  const tools = useTools(call.connection, !locked);
  const found = tools.data?.items.find(one => one.name === call.tool);
  const changed = found && call.fingerprint && found.fingerprint !== call.fingerprint;
  return (
    <Stack maw={720}>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <NativeSelect
          label={say("server")}
          data={[
            { value: "", label: say("chooseServer") },
            ...servers.map(one => ({ value: one.slug, label: one.name || one.slug })),
          ]}
          value={call.connection}
          onChange={event => change({ connection: event.currentTarget.value, tool: "", fingerprint: null })}
          error={problem("call.connection")}
          disabled={locked}
        />
        <Select
          label={say("tool")}
          placeholder={say("chooseTool")}
          data={[...new Set([...(tools.data?.items ?? []).map(one => one.name), ...(call.tool ? [call.tool] : [])])]}
          value={call.tool || null}
          onChange={tool =>
            change({
              tool: tool ?? "",
              fingerprint: tools.data?.items.find(one => one.name === tool)?.fingerprint ?? null,
            })
          }
          error={problem("call.tool")}
          disabled={locked || !call.connection}
          searchable
        />
      </SimpleGrid>
      {tools.error && <ErrorNote error={tools.error} retry={() => void tools.refetch()} />}
      {changed && <Changed />}
      {found && (
        <Stack gap={2}>
          <Text fz="sm" fw={500}>
            {say("toolSays")}
          </Text>
          <Text fz="sm" c="dimmed" style={{ whiteSpace: "pre-wrap" }}>
            {found.description || found.title || found.name}
          </Text>
        </Stack>
      )}
      <JsonTemplate
        label={say("arguments")}
        showLabel
        hint={say("argumentsHint")}
        value={call.arguments ?? ""}
        onChange={text => change({ arguments: text || null })}
        error={problem("call.arguments")}
      />
      <Switch
        label={say("readOnly")}
        description={say("readOnlyHint")}
        checked={call.read_only ?? false}
        onChange={event => change({ read_only: event.currentTarget.checked })}
        disabled={locked}
      />
      <Switch
        label={say("idempotent")}
        description={say("idempotentHint")}
        checked={call.idempotent ?? false}
        onChange={event => change({ idempotent: event.currentTarget.checked })}
        disabled={locked}
      />
      <NumberInput
        label={say("timeout")}
        description={say("seconds")}
        min={1}
        max={120}
        value={call.timeout ?? 30}
        onChange={given => change({ timeout: Number(given) || 30 })}
        disabled={locked}
        maw={220}
      />
    </Stack>
  );
}

/** The tools of an MCP server, as it describes them now. */
export function useTools(connection: string, wanted: boolean) {
  return $api.useQuery(
    "get",
    "/v1/connections/{slug}/tools",
    { params: { path: { slug: connection } } },
    { enabled: wanted && connection !== "", retry: false, staleTime: 60_000 },
  );
}

function Changed() {
  const say = useTexts(tabs);
  const { doc, locked } = useEditing();
  const queries = useQueryClient();
  const accepting = $api.useMutation("post", "/v1/actions/{slug}/accept-tool", {
    onSuccess: () => void queries.invalidateQueries({ queryKey: ["get", "/v1/actions/{slug}"] }),
  });
  return (
    <Alert color="yellow" role="alert">
      <Stack gap="xs" align="flex-start">
        <Text fz="sm">
          <Code>{doc.call?.tool}</Code> – {say("toolChanged")}
        </Text>
        {accepting.error && <ErrorNote error={accepting.error} />}
        {doc.slug && (
          <Button
            size="xs"
            disabled={locked}
            loading={accepting.isPending}
            onClick={() => accepting.mutate({ params: { path: { slug: doc.slug } } })}
          >
            {say("accept")}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

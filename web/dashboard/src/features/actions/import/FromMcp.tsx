import type { McpTool, ImportResult as Result } from "@deskhand/contract";
import { Anchor, Badge, Button, Checkbox, Group, NativeSelect, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { $api } from "../../../api/client";
import { useTexts } from "../../../i18n/language";
import { ErrorNote } from "../../../ui/ErrorNote";
import { useFilters } from "../../../ui/filters";
import { Loaded } from "../../../ui/Loaded";
import { useActions } from "../editing";
import type { Doc } from "../model";
import { useTools } from "../tabs/Tool";
import classes from "./Import.module.css";
import { importing } from "./texts";

/** Tools of an MCP server: pick some, and look again at those that have changed. */
export function FromMcp({ done }: { done: (result: Result) => void }) {
  const say = useTexts(importing);
  const query = $api.useQuery("get", "/v1/connections");
  const [{ connection }, set] = useFilters(["connection"]);
  return (
    <Loaded query={query}>
      {({ items }) => {
        const servers = items.filter(one => one.kind !== "http");
        const chosen = connection || servers[0]?.slug || "";
        return (
          <Stack maw={820}>
            {servers.length === 0 && <Text fz="sm">{say("noServers")}</Text>}
            <Group align="flex-end" gap="xs">
              {servers.length > 0 && (
                <NativeSelect
                  label={say("server")}
                  data={servers.map(one => ({ value: one.slug, label: one.name || one.slug }))}
                  value={chosen}
                  onChange={event => set({ connection: event.currentTarget.value })}
                  miw={260}
                />
              )}
              <Button component={Link} to="/settings/connections/new?kind=mcp" variant="default">
                {say("newServer")}
              </Button>
            </Group>
            {chosen && <Tools key={chosen} connection={chosen} done={done} />}
          </Stack>
        );
      }}
    </Loaded>
  );
}

function Tools({ connection, done }: { connection: string; done: (result: Result) => void }) {
  const say = useTexts(importing);
  const tools = useTools(connection, true);
  const known = useActions().filter(one => one.call?.connection === connection);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const storing = $api.useMutation("post", "/v1/import/mcp", { onSuccess: done });
  const go = () => storing.mutate({ body: { connection, tools: [...chosen], dry: false, replace: false } });
  return (
    <Loaded query={tools}>
      {({ items }) => {
        const fresh = items.filter(one => !known.some(doc => doc.call?.tool === one.name)).map(one => one.name);
        return (
          <Stack>
            <Checkbox
              label={say("selectAll")}
              checked={fresh.length > 0 && fresh.every(name => chosen.includes(name))}
              onChange={event => setChosen(event.currentTarget.checked ? fresh : [])}
              disabled={fresh.length === 0}
            />
            <div className={classes.list}>
              {items.map(tool => (
                <Tool
                  key={tool.name}
                  tool={tool}
                  doc={known.find(doc => doc.call?.tool === tool.name)}
                  checked={chosen.includes(tool.name)}
                  onChange={on => setChosen(on ? [...chosen, tool.name] : chosen.filter(one => one !== tool.name))}
                />
              ))}
            </div>
            {storing.error && <ErrorNote error={storing.error} />}
            <Group>
              <Button onClick={go} disabled={chosen.length === 0} loading={storing.isPending}>
                {say("import", { count: chosen.length })}
              </Button>
            </Group>
          </Stack>
        );
      }}
    </Loaded>
  );
}

interface ToolProps {
  readonly tool: McpTool;
  /** The action that it is already. */
  readonly doc: Doc | undefined;
  readonly checked: boolean;
  readonly onChange: (on: boolean) => void;
}

function Tool({ tool, doc, checked, onChange }: ToolProps) {
  const say = useTexts(importing);
  const changed = doc?.call?.fingerprint && doc.call.fingerprint !== tool.fingerprint;
  const about = (
    <div>
      <Group gap="xs">
        <Text span ff="monospace" fz="sm" fw={600}>
          {tool.name}
        </Text>
        {tool.read_only && <Badge variant="default">{say("toolReads")}</Badge>}
        {tool.read_only === false && <Badge variant="default">{say("toolWrites")}</Badge>}
        {doc && !changed && <Badge color="gray">{say("toolKnown")}</Badge>}
        {changed && <Badge color="yellow">{say("toolChanged")}</Badge>}
      </Group>
      <Text fz="sm" c="dimmed" style={{ whiteSpace: "pre-wrap" }}>
        {tool.description || tool.title}
      </Text>
    </div>
  );
  return (
    <div className={classes.row}>
      {doc ? (
        about
      ) : (
        <Checkbox checked={checked} onChange={event => onChange(event.currentTarget.checked)} label={about} />
      )}
      {doc && (
        <Group gap="sm" mt={4}>
          <Anchor component={Link} to={`/actions/${doc.slug}`} fz="sm">
            {say("openAction", { name: doc.name })}
          </Anchor>
          {changed && <Accept slug={doc.slug} />}
        </Group>
      )}
    </div>
  );
}

function Accept({ slug }: { slug: string }) {
  const say = useTexts(importing);
  const queries = useQueryClient();
  const accepting = $api.useMutation("post", "/v1/actions/{slug}/accept-tool", {
    onSuccess: () => void queries.invalidateQueries({ queryKey: ["get", "/v1/actions"] }),
  });
  return (
    <>
      <Button
        size="compact-sm"
        variant="light"
        loading={accepting.isPending}
        onClick={() => accepting.mutate({ params: { path: { slug } } })}
      >
        {say(accepting.isSuccess ? "accepted" : "accept")}
      </Button>
      {accepting.error && <ErrorNote error={accepting.error} />}
    </>
  );
}

import type { ShownAgent } from "@deskhand/contract";
import { Alert, Anchor, Group, Stack, Switch, Text, Title } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "react-router";
import { $api } from "../../../api/client";
import { useTexts } from "../../../i18n/language";
import { ErrorNote } from "../../../ui/ErrorNote";
import { Loaded } from "../../../ui/Loaded";
import { useEditing } from "../editing";
import { Uses } from "../Uses";
import { tabs } from "./texts";

/** For which agents the action is switched on, and where else it is used. */
export function Agents() {
  const say = useTexts(tabs);
  const { doc } = useEditing();
  const query = $api.useQuery("get", "/v1/agents");
  return (
    <Stack maw={640} gap="lg">
      <Stack gap="sm">
        <Text fz="sm" c="dimmed">
          {say("agentsLead")}
        </Text>
        {(doc.draft || doc.enabled === false) && <Alert color="yellow">{say("notUsable")}</Alert>}
        <Loaded query={query}>
          {({ items }) => (
            <Stack gap="sm">
              {items.map(agent => (
                <AgentSwitch key={agent.slug} agent={agent} action={doc.slug} />
              ))}
            </Stack>
          )}
        </Loaded>
      </Stack>
      <section>
        <Title order={2} fz="md" mb="xs">
          {say("usesTitle")}
        </Title>
        <Uses of="action" slug={doc.slug} none={say("usesNone")} />
      </section>
    </Stack>
  );
}

/** One switch; it moves at once, and back where the server says no. */
export function AgentSwitch({ agent, action }: { agent: ShownAgent; action: string }) {
  const say = useTexts(tabs);
  const { locked } = useEditing();
  const queries = useQueryClient();
  const switching = $api.useMutation("put", "/v1/agents/{slug}", {
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: ["get", "/v1/agents"] });
      void queries.invalidateQueries({ queryKey: ["get", "/v1/actions/{slug}/uses"] });
    },
  });
  const wanted = switching.isPending ? switching.variables.body.actions : agent.actions;
  const on = wanted?.includes(action) ?? false;
  const change = (checked: boolean) => {
    const actions = agent.actions.filter(one => one !== action);
    const { slug, ...rest } = agent;
    switching.mutate({
      params: { path: { slug } },
      body: { ...rest, actions: checked ? [...actions, action] : actions },
    });
  };
  return (
    <div>
      <Group justify="space-between" wrap="nowrap">
        <div>
          <Anchor component={Link} to={`/agents/${agent.slug}`} fw={550} fz="sm">
            {agent.name}
          </Anchor>
          <Text fz="xs" c="dimmed">
            {say(agent.kind === "team" ? "teamAgent" : "customerAgent")}
          </Text>
        </div>
        <Switch
          aria-label={say("mayUse", { name: agent.name })}
          checked={on}
          onChange={event => change(event.currentTarget.checked)}
          disabled={locked || switching.isPending}
        />
      </Group>
      {switching.error && <ErrorNote error={switching.error} />}
    </div>
  );
}

import type { ShownConnection } from "@deskhand/contract";
import { Alert, Button, Group, Stack, Text, TextInput, Title } from "@mantine/core";
import { IconAlertTriangle, IconCheck } from "@tabler/icons-react";
import { useState } from "react";
import { Link } from "react-router";
import { $api } from "../../../api/client";
import { useTexts } from "../../../i18n/language";
import { ErrorNote } from "../../../ui/ErrorNote";
import { Exchange } from "../../actions/tabs/Exchange";
import { tests } from "../../actions/tabs/testTexts";
import { connections } from "./texts";

/** Tries whether the system behind a connection answers, and takes the credential. */
export function Reach({ connection }: { connection: ShownConnection }) {
  const say = useTexts(connections);
  return (
    <section>
      <Title order={3} fz="md">
        {say("reach")}
      </Title>
      {connection.kind === "http" ? <ReachWeb slug={connection.slug} /> : <ReachServer slug={connection.slug} />}
    </section>
  );
}

function ReachWeb({ slug }: { slug: string }) {
  const say = useTexts(connections);
  const shared = useTexts(tests);
  const [path, setPath] = useState("/");
  const trying = $api.useMutation("post", "/v1/try-action");
  const go = () =>
    trying.mutate({
      body: {
        document: {
          kind: "http",
          slug,
          name: say("reach"),
          draft: true,
          request: { url: path || "/", connection: slug },
        } as never,
        values: {},
        context: {},
        dry: false,
        agent: "default",
        language: "en",
      },
    });
  const trial = trying.data;
  const answered = trial?.status !== null && trial?.status !== undefined;
  const refused = trial?.status === 401 || trial?.status === 403;
  return (
    <Stack gap="sm" maw={900}>
      <Text fz="sm" c="dimmed">
        {say("reachHint")} {say("savedOnly")}
      </Text>
      <Group gap="xs" align="flex-end">
        <TextInput
          label={say("path")}
          value={path}
          onChange={event => setPath(event.currentTarget.value)}
          onKeyDown={event => event.key === "Enter" && go()}
          maw={320}
          flex={1}
          spellCheck={false}
        />
        <Button variant="default" onClick={go} loading={trying.isPending}>
          {say("go")}
        </Button>
      </Group>
      {trying.error && <ErrorNote error={trying.error} />}
      {trial && (
        <>
          <Alert
            role="status"
            color={answered ? (refused ? "yellow" : "teal") : "red"}
            icon={answered && !refused ? <IconCheck size={18} /> : <IconAlertTriangle size={18} />}
            title={say(answered ? "reached" : "notReached")}
          >
            <Text fz="sm">{answered ? say(refused ? "refused" : "accepted") : trial.problem}</Text>
            {(!answered || refused) &&
              trial.hints.map(hint => (
                <Text key={hint} fz="sm">
                  {hint}
                </Text>
              ))}
          </Alert>
          {trial.request && (
            <Exchange
              request={trial.request}
              curl={trial.curl}
              status={trial.status}
              milliseconds={trial.milliseconds}
              response={trial.response}
              problem={null}
              noAnswer={shared("noAnswer")}
            />
          )}
        </>
      )}
    </Stack>
  );
}

function ReachServer({ slug }: { slug: string }) {
  const say = useTexts(connections);
  const tools = $api.useQuery(
    "get",
    "/v1/connections/{slug}/tools",
    { params: { path: { slug } } },
    { enabled: false, retry: false },
  );
  return (
    <Stack gap="sm" align="flex-start">
      <Text fz="sm" c="dimmed">
        {say("savedOnly")}
      </Text>
      <Button variant="default" onClick={() => void tools.refetch()} loading={tools.isFetching}>
        {say("go")}
      </Button>
      {tools.error && <ErrorNote error={tools.error} />}
      {tools.data && (
        <Alert role="status" color="teal" icon={<IconCheck size={18} />} title={say("reached")}>
          <Stack gap="xs" align="flex-start">
            <Text fz="sm">{say("tools", { count: tools.data.items.length })}</Text>
            <Button component={Link} to={`/actions/import?from=mcp&connection=${slug}`} size="xs">
              {say("importTools")}
            </Button>
          </Stack>
        </Alert>
      )}
    </Stack>
  );
}

import type { Procedure, TestVerdicts } from "@deskhand/contract";
import { Anchor, Badge, Button, Group, List, Stack, Text } from "@mantine/core";
import { IconPlayerPlay } from "@tabler/icons-react";
import { useState } from "react";
import { Link } from "react-router";
import { $api, api } from "../../api/client";
import { useMayBuild } from "../../app/session";
import { useTexts } from "../../i18n/language";
import { Card } from "../../ui/Card";
import { ErrorNote } from "../../ui/ErrorNote";
import { Loaded } from "../../ui/Loaded";
import { procedures } from "./texts";

/** The tests beside a procedure, and how they go. */
export function TestsCard({ of }: { of: Procedure }) {
  const say = useTexts(procedures);
  const builds = useMayBuild();
  const params = { path: { slug: of.slug } };
  const query = $api.useQuery("get", "/v1/procedures/{slug}/tests", { params });
  const [verdicts, setVerdicts] = useState<TestVerdicts | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    setError(null);
    try {
      setVerdicts((await api.POST("/v1/procedures/{slug}/tests/run", { params, body: {} })).data ?? null);
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  const link = (
    <Anchor component={Link} to={`/procedures/${of.slug}/edit?panel=tests`} fz="sm">
      {say("testsInEditor")}
    </Anchor>
  );
  return (
    <Card title={say("tests")} beside={link}>
      <Loaded query={query}>
        {({ items }) => {
          if (items.length === 0) return <Text fz="sm">{say("noTests")}</Text>;
          return (
            <Stack gap="xs" align="flex-start">
              <List fz="sm" listStyleType="none" spacing={4}>
                {items.map(({ id, name }) => (
                  <List.Item key={id}>
                    <Group gap={6}>
                      {name}
                      <Verdict passed={verdicts?.items.find(one => one.id === id)?.passed} />
                    </Group>
                  </List.Item>
                ))}
              </List>
              {builds && (
                <Button
                  variant="default"
                  size="compact-sm"
                  leftSection={<IconPlayerPlay size={14} />}
                  loading={busy}
                  onClick={() => void run()}
                >
                  {say("runTests")}
                </Button>
              )}
              {error !== null && <ErrorNote error={error} />}
            </Stack>
          );
        }}
      </Loaded>
    </Card>
  );
}

function Verdict({ passed }: { passed: boolean | undefined }) {
  const say = useTexts(procedures);
  if (passed === undefined) return null;
  return <Badge color={passed ? "teal" : "red"}>{say(passed ? "passed" : "notPassed")}</Badge>;
}

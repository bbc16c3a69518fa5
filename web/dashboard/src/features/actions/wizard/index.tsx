/** A new action, step by step; a kind is picked first. */

import { Button, Card, Group, SimpleGrid, Stack, Text, ThemeIcon, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { Link, Navigate } from "react-router";
import { useMayBuild, useMe } from "../../../app/session";
import { useTexts } from "../../../i18n/language";
import { Confirm } from "../../../ui/confirm";
import { useFilters } from "../../../ui/filters";
import { Page } from "../../../ui/Page";
import { KIND_ICONS } from "../icons";
import { blank, KINDS, type Kind } from "../model";
import { actions } from "../texts";
import { type Kept, keepDraft, keptDraft } from "./kept";
import { Steps } from "./Steps";
import { wizard } from "./texts";

export function Wizard() {
  const say = useTexts(wizard);
  const named = useTexts(actions);
  const builds = useMayBuild();
  const workspace = useMe().workspace.id;
  const [{ kind }, setFilters] = useFilters(["kind"]);
  const [kept, setKept] = useState<Kept | null>(() => keptDraft(workspace) ?? (isKind(kind) ? begun(kind) : null));
  const [asking, setAsking] = useState(false);
  const keep = (wanted: Kept | null) => {
    setKept(wanted);
    keepDraft(workspace, wanted);
  };
  if (!builds) return <Navigate to="/actions" replace />;
  const startOver = kept && (
    <Button variant="subtle" color="gray" onClick={() => setAsking(true)}>
      {say("startOver")}
    </Button>
  );
  return (
    <Page title={say("title")} lead={say("lead")} trail={[["/actions", named("title")]]} actions={startOver}>
      {kept ? <Steps kept={kept} keep={keep} /> : <Pick pick={chosen => keep(begun(chosen))} />}
      <Confirm
        opened={asking}
        close={() => setAsking(false)}
        title={say("startOver")}
        action={say("startOver")}
        danger
        run={async () => {
          keep(null);
          setFilters({ kind: "" });
        }}
      >
        {say("startOverText")}
      </Confirm>
    </Page>
  );
}

function begun(kind: Kind): Kept {
  return { doc: blank(kind), step: "about", agents: [] };
}

function isKind(value: string): value is Kind {
  return (KINDS as readonly string[]).includes(value);
}

function Pick({ pick }: { pick: (kind: Kind) => void }) {
  const say = useTexts(wizard);
  const named = useTexts(actions);
  return (
    <Stack>
      <Text fw={600}>{say("pick")}</Text>
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
        {KINDS.map(kind => {
          const Icon = KIND_ICONS[kind];
          return (
            <UnstyledButton key={kind} onClick={() => pick(kind)}>
              <Card withBorder padding="md" h="100%">
                <Group wrap="nowrap" align="flex-start">
                  <ThemeIcon variant="light" size={36}>
                    <Icon size={20} />
                  </ThemeIcon>
                  <div>
                    <Text fw={600} fz="sm">
                      {named(kind)}
                    </Text>
                    <Text fz="sm" c="dimmed">
                      {named(`${kind}Text`)}
                    </Text>
                  </div>
                </Group>
              </Card>
            </UnstyledButton>
          );
        })}
      </SimpleGrid>
      <Group gap="xs">
        <Text fz="sm" c="dimmed">
          {say("other")}:
        </Text>
        <Button component={Link} to="/actions/import" size="compact-sm" variant="default">
          {named("fromOpenApi")}
        </Button>
        <Button component={Link} to="/actions/import?from=curl" size="compact-sm" variant="default">
          {named("fromCurl")}
        </Button>
        <Button component={Link} to="/actions?templates=1" size="compact-sm" variant="default">
          {named("fromTemplate")}
        </Button>
      </Group>
    </Stack>
  );
}

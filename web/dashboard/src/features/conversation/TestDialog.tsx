/** A run becomes a test of its procedure: its script, whether it gives the same path, and a name. */

import type { RunScript, TimelineRun } from "@deskhand/contract";
import { Alert, Anchor, Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { IconAlertTriangle, IconCheck } from "@tabler/icons-react";
import { useState } from "react";
import { Link } from "react-router";
import { $api, api } from "../../api/client";
import { useMayBuild } from "../../app/session";
import { useLanguage, useTexts } from "../../i18n/language";
import { ErrorNote } from "../../ui/ErrorNote";
import { Loaded } from "../../ui/Loaded";
import { ui } from "../../ui/texts";
import { exact } from "../../ui/time";
import { Value } from "../talk/Http";
import { conversation } from "./texts";

interface Props {
  readonly run: TimelineRun;
  readonly close: () => void;
}

export function TestDialog({ run, close }: Props) {
  const say = useTexts(conversation);
  const query = $api.useQuery("get", "/v1/runs/{id}/script", { params: { path: { id: run.id } } });
  return (
    <Modal opened onClose={close} title={<Text fw={650}>{say("testTitle")}</Text>} size="lg">
      <Stack>
        <Text fz="sm">{say("testText")}</Text>
        <Loaded query={query}>{made => <Save run={run} made={made} close={close} />}</Loaded>
      </Stack>
    </Modal>
  );
}

function Save({ run, made, close }: Props & { made: RunScript }) {
  const say = useTexts(conversation);
  const sayUi = useTexts(ui);
  const { language } = useLanguage();
  const builds = useMayBuild();
  const [name, setName] = useState(() => say("testDefault", { date: exact(run.started_at, language) }));
  const [error, setError] = useState<unknown>(null);
  const [state, setState] = useState<"open" | "saving" | "saved">("open");
  const save = async () => {
    setState("saving");
    setError(null);
    try {
      const { outcome, steps } = made.expected;
      const body = { name: name.trim(), script: made.script, expected: { outcome, steps } };
      await api.POST("/v1/procedures/{slug}/tests", {
        params: { path: { slug: made.procedure } },
        body: body as never,
      });
      setState("saved");
    } catch (thrown) {
      setError(thrown);
      setState("open");
    }
  };
  return (
    <>
      <Verdict made={made} />
      <Value value={made.script} label={say("script")} />
      {state === "saved" ? (
        <Alert color="green" icon={<IconCheck size={18} />} title={say("testSaved")}>
          <Anchor component={Link} to={`/procedures/${made.procedure}/edit?panel=tests`} fz="sm">
            {say("openTests")}
          </Anchor>
        </Alert>
      ) : (
        <TextInput
          label={say("testName")}
          value={name}
          maxLength={100}
          onChange={event => setName(event.currentTarget.value)}
          disabled={!builds}
          description={builds ? undefined : sayUi("buildersOnly")}
        />
      )}
      {error !== null && <ErrorNote error={error} />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={close}>
          {sayUi(state === "saved" ? "close" : "cancel")}
        </Button>
        {state !== "saved" && builds && (
          <Button onClick={() => void save()} loading={state === "saving"} disabled={!name.trim()}>
            {say("testSave")}
          </Button>
        )}
      </Group>
    </>
  );
}

function Verdict({ made }: { made: RunScript }) {
  const say = useTexts(conversation);
  const differs = { outcome: made.simulated.outcome, expected: made.expected.outcome };
  return (
    <Alert
      color={made.same ? "green" : "orange"}
      icon={made.same ? <IconCheck size={18} /> : <IconAlertTriangle size={18} />}
    >
      <Text fz="sm">{made.same ? say("testSame") : say("testDiffers", differs)}</Text>
      {made.notes.map(note => (
        <Text key={note} fz="sm" mt={4}>
          {note}
        </Text>
      ))}
    </Alert>
  );
}

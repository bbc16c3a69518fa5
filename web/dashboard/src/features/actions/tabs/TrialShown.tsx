import type { TrialResult } from "@deskhand/contract";
import { Alert, Blockquote, List, Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconCheck } from "@tabler/icons-react";
import { useTexts } from "../../../i18n/language";
import { Value } from "../../talk/Http";
import { Exchange } from "./Exchange";
import { tests } from "./testTexts";

/** How a try went: whether it worked, what to mend, request and response. */
export function TrialShown({ trial }: { trial: TrialResult }) {
  const say = useTexts(tests);
  const { ok } = trial;
  const notes = [...trial.invalid, ...trial.hints];
  const told = trial.problem !== null || trial.missing.length > 0 || notes.length > 0;
  return (
    <Stack gap="md">
      <Alert
        color={ok ? "teal" : "red"}
        icon={ok ? <IconCheck size={18} /> : <IconAlertTriangle size={18} />}
        title={say(ok ? (trial.sent || trial.shown ? "worked" : "notSent") : "failed")}
        role="status"
      >
        {told && (
          <>
            {trial.problem && <Text fz="sm">{trial.problem}</Text>}
            {trial.missing.length > 0 && <Text fz="sm">{say("missing", { names: trial.missing.join(", ") })}</Text>}
            {notes.length > 0 && (
              <>
                <Text fz="sm" fw={600} mt="xs">
                  {say("hints")}
                </Text>
                <List size="sm">
                  {notes.map(note => (
                    <List.Item key={note}>{note}</List.Item>
                  ))}
                </List>
              </>
            )}
          </>
        )}
      </Alert>
      {trial.said && (
        <div>
          <Text fz="sm" fw={500}>
            {say("said")}
          </Text>
          <Blockquote py="xs" px="md" mt={4} fz="sm" style={{ whiteSpace: "pre-wrap" }}>
            {trial.said}
          </Blockquote>
        </div>
      )}
      {trial.shown && <Value value={trial.shown} label={say("shown")} />}
      {trial.request && (
        <Exchange
          request={trial.request}
          curl={trial.curl}
          status={trial.status}
          milliseconds={trial.milliseconds}
          response={trial.response}
          problem={trial.sent ? trial.problem : null}
          noAnswer={say(trial.sent ? "noAnswer" : "notSent")}
          outcome={trial.outcome}
        />
      )}
    </Stack>
  );
}

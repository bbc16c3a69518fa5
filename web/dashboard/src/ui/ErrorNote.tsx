import { Alert, Button, List, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { Problem, Unreachable } from "../api/problem";
import { useTexts } from "../i18n/language";
import { Prose } from "./Prose";
import { ui } from "./texts";

interface Props {
  readonly error: unknown;
  readonly retry?: () => void;
  /** Whether it stands for a whole screen. */
  readonly page?: boolean;
  /** What failed, where its place does not say so. */
  readonly title?: string;
  readonly close?: () => void;
}

/** What went wrong, in a sentence, where it went wrong; every problem that the server names is listed. */
export function ErrorNote({ error, retry, page, title, close }: Props) {
  const say = useTexts(ui);
  const named = useTitle(error);
  const problems = error instanceof Problem ? error.problems : [];
  // what was opened and is not there stays away, however often one tries
  const gone = retry !== undefined && error instanceof Problem && error.status === 404;
  return (
    <Stack p={page ? "xl" : 0} align={page ? "center" : "stretch"}>
      <Alert
        color="red"
        icon={<IconAlertTriangle size={18} />}
        title={title ?? named}
        role="alert"
        maw={680}
        withCloseButton={close !== undefined}
        closeButtonLabel={say("close")}
        onClose={close}
      >
        <Stack gap="xs" align="flex-start">
          <Text fz="sm">
            <Prose
              text={error instanceof Unreachable ? say("unreachableText") : gone ? say("goneText") : sentence(error)}
            />
          </Text>
          {!gone && problems.length > 1 && (
            <List size="sm">
              {problems.slice(0, 20).map(one => (
                <List.Item key={`${one.step ?? ""} ${one.field ?? ""} ${one.message}`}>
                  <Prose text={one.message} />
                </List.Item>
              ))}
            </List>
          )}
          {retry && !gone && (
            <Button size="xs" variant="default" onClick={retry}>
              {say("retry")}
            </Button>
          )}
        </Stack>
      </Alert>
    </Stack>
  );
}

/** The sentence of anything that was thrown. */
export function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function useTitle(error: unknown): string {
  const say = useTexts(ui);
  if (error instanceof Unreachable) return say("unreachable");
  const status = error instanceof Problem ? error.status : 0;
  return say(status === 403 ? "forbidden" : status === 404 ? "gone" : status === 409 ? "conflict" : "failed");
}

/** What is shown where there is nothing, or where a screen failed. */

import { Button, Code, Stack, Text, Title } from "@mantine/core";
import { Link, useRouteError } from "react-router";
import { useTexts } from "../i18n/language";
import { shell } from "./texts";

export function Missing() {
  const say = useTexts(shell);
  return (
    <Stack align="center" justify="center" mih="60vh" gap="xs" p="md">
      <Title order={1}>{say("missing")}</Title>
      <Text c="dimmed">{say("missingText")}</Text>
      <Button component={Link} to="/" mt="md">
        {say("home")}
      </Button>
    </Stack>
  );
}

export function Broken() {
  const say = useTexts(shell);
  const error = useRouteError();
  // a screen that is loaded late may be gone after an update
  const updated = error instanceof TypeError && /import|module/i.test(error.message);
  return (
    <Stack align="center" justify="center" mih="60vh" gap="xs" p="md" role="alert">
      <Title order={1}>{say("broken")}</Title>
      <Text c="dimmed" maw={520} ta="center">
        {updated ? say("updated") : say("brokenText")}
      </Text>
      <Button onClick={() => window.location.reload()} mt="md">
        {say("reload")}
      </Button>
      {!updated && (
        <Code block mt="md" maw="100%">
          {error instanceof Error ? `${error.name}: ${error.message}` : String(error)}
        </Code>
      )}
    </Stack>
  );
}

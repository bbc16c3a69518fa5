import type { ShownAgent } from "@deskhand/contract";
import { Alert, Anchor, Group, Stack, Text } from "@mantine/core";
import { IconExternalLink } from "@tabler/icons-react";
import { snippetOf, usePublicName, useTalkPage } from "../../../app/widget";
import { useTexts } from "../../../i18n/language";
import { Card } from "../../../ui/Card";
import { Copy } from "../../../ui/Copy";
import { Snippet } from "../../../ui/Snippet";
import { widget } from "./texts";

/** How the widget gets onto a page, and the page that has nothing else. */
export function Install({ agent }: { agent: ShownAgent }) {
  const say = useTexts(widget);
  const name = usePublicName(agent.slug);
  const page = useTalkPage(agent.slug);
  const { origin } = window.location;
  return (
    <Card title={say("install")}>
      <Stack gap="sm">
        <Snippet
          above={<Text fz="sm">{say("installText")}</Text>}
          copy={say("copySnippet")}
          code={snippetOf(origin, name)}
          wrap
        />
        <div>
          <Text fz="sm">{say("pageText")}</Text>
          <Group gap={4} wrap="nowrap">
            <Anchor href={page} target="_blank" fz="sm" style={{ overflowWrap: "anywhere" }}>
              {origin + page} <IconExternalLink size={13} aria-label={say("newTab")} />
            </Anchor>
            <Copy value={origin + page} label={say("copyAddress")} />
          </Group>
        </div>
        {agent.widget.require_identity && (
          <Alert color="yellow" p="xs">
            {say("pageNeedsIdentity")}
          </Alert>
        )}
      </Stack>
    </Card>
  );
}

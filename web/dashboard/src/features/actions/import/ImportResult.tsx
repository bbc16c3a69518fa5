import type { ImportResult as Result } from "@deskhand/contract";
import { Alert, Anchor, Badge, Group, List, Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconCheck } from "@tabler/icons-react";
import { Link } from "react-router";
import { useTexts } from "../../../i18n/language";
import { KIND_ICONS } from "../icons";
import { docOf } from "../model";
import { importing } from "./texts";

/** What became of an import: each action with its link, what was refused and why, what to look at. */
export function ImportResult({ result }: { result: Result }) {
  const say = useTexts(importing);
  const docs = result.actions.map(docOf);
  return (
    <Stack>
      <Alert
        color={docs.length ? "teal" : "yellow"}
        icon={docs.length ? <IconCheck size={18} /> : <IconAlertTriangle size={18} />}
        title={docs.length ? say("stored", { count: docs.length }) : say("nothing")}
        role="status"
      >
        {result.secrets.length > 0 && <Text fz="sm">{say("secrets", { names: result.secrets.join(", ") })}</Text>}
      </Alert>
      {docs.length > 0 && (
        <List listStyleType="none" spacing={6}>
          {docs.map(doc => {
            const Icon = KIND_ICONS[doc.kind];
            return (
              <List.Item key={doc.slug} icon={<Icon size={16} />}>
                <Group gap="xs">
                  <Anchor component={Link} to={`/actions/${doc.slug}`} fz="sm">
                    {doc.name}
                  </Anchor>
                  {doc.draft && <Badge color="yellow">{say("draft")}</Badge>}
                </Group>
              </List.Item>
            );
          })}
        </List>
      )}
      {result.refused.length > 0 && (
        <Alert color="red" title={say("refusedTitle")}>
          <List size="sm">
            {result.refused.map(one => (
              <List.Item key={`${one.what} ${one.reason}`}>
                <strong>{one.what}</strong>: {one.reason}
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
      {result.connections.length > 0 && (
        <Text fz="sm">
          {say("connections")}:{" "}
          {result.connections.map(one => (
            <Anchor key={one.slug} component={Link} to={`/settings/connections/${one.slug}`} fz="sm" mr="xs">
              {one.name || one.slug}
            </Anchor>
          ))}
        </Text>
      )}
      {result.notes.length > 0 && (
        <Alert color="yellow" title={say("notes")}>
          <List size="sm">
            {result.notes.map(note => (
              <List.Item key={note}>{note}</List.Item>
            ))}
          </List>
        </Alert>
      )}
    </Stack>
  );
}

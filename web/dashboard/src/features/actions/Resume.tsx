import { Alert, Button, Group, Text } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { Link } from "react-router";
import { useTexts } from "../../i18n/language";
import { keptDraft } from "./wizard/kept";
import { wizard } from "./wizard/texts";

/** Reminds of a new action that was begun and not finished. */
export function Resume({ workspace }: { workspace: string }) {
  const say = useTexts(wizard);
  const kept = keptDraft(workspace);
  if (!kept) return null;
  return (
    <Alert icon={<IconPencil size={18} />} title={say("resume")} py="xs">
      <Group justify="space-between">
        <Text fz="sm">{say("resumeText", { name: kept.doc.name || say("unnamed") })}</Text>
        <Button component={Link} to="/actions/new" size="xs" variant="default">
          {say("goOnDraft")}
        </Button>
      </Group>
    </Alert>
  );
}

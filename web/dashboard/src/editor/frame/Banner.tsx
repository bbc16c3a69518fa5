/** Why nothing may be changed, or what was brought back. */

import { Alert, Anchor, Button, Group, Text } from "@mantine/core";
import { Link } from "react-router";
import { useTexts } from "../../i18n/language";
import { At } from "../../ui/time";
import { useDraft, useDraftState } from "../context";
import type { Open } from "../opening";
import { editor } from "../texts";

export function Banner({ open, dismiss }: { open: Open; dismiss: () => void }) {
  const say = useTexts(editor);
  const draft = useDraft();
  const readOnly = useDraftState(state => state.readOnly);
  const slug = useDraftState(state => state.slug);
  if (open.restoredAt !== null) {
    const [before, after] = say("restored", { at: "\u0000" }).split("\u0000");
    const drop = () => {
      draft.undo();
      dismiss();
    };
    return (
      <Alert color="blue" radius={0} py={6} withCloseButton onClose={dismiss} role="status">
        <Group gap="sm">
          <Text fz="sm">
            {before}
            <At at={open.restoredAt} />
            {after}
          </Text>
          <Button size="compact-xs" variant="default" onClick={drop}>
            {say("restoredUndo")}
          </Button>
        </Group>
      </Alert>
    );
  }
  if (readOnly === null) return null;
  const version = open.version ?? 0;
  const text =
    readOnly === "version"
      ? say("readOnlyVersion", { version })
      : readOnly === "run"
        ? say("readOnlyRun", { version })
        : say(readOnly === "archived" ? "readOnlyArchived" : "readOnlyRole");
  return (
    <Alert color="gray" radius={0} py={6} role="status">
      <Group gap="md">
        <Text fz="sm">{text}</Text>
        {open.conversation && (
          <Anchor component={Link} to={`/conversations/${open.conversation}`} fz="sm">
            {say("toConversation")}
          </Anchor>
        )}
        {open.version !== null && (
          <Anchor component={Link} to={`/procedures/${slug}/edit`} fz="sm">
            {say("toDraft")}
          </Anchor>
        )}
      </Group>
    </Alert>
  );
}

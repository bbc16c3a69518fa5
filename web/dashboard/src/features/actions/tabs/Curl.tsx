import { Alert, Button, Group, List, Stack, Text } from "@mantine/core";
import { IconTerminal2 } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { $api } from "../../../api/client";
import { useTexts } from "../../../i18n/language";
import { ErrorNote } from "../../../ui/ErrorNote";
import { useEditing } from "../editing";
import { docOf, requestOf, withRequest } from "../model";
import { tabs } from "./texts";

/** Whether a text is a cURL command. */
export function isCurl(text: string): boolean {
  return /^\s*\$?\s*curl(\.exe)?\s/.test(text);
}

interface Props {
  readonly command: string;
  readonly slug: string;
  readonly close: () => void;
}

/** Offers to fill the action in from a cURL command; a credential in it becomes a secret at once. */
export function CurlOffer({ command, slug, close }: Props) {
  const say = useTexts(tabs);
  const queries = useQueryClient();
  const { doc, set } = useEditing();
  const reading = $api.useMutation("post", "/v1/import/curl", {
    onSuccess: found => {
      const read = found.actions[0] ? docOf(found.actions[0]) : null;
      const request = read && requestOf(read);
      if (!request) return;
      void queries.invalidateQueries({ queryKey: ["get", "/v1/secrets"] });
      const known = new Set((doc.variables ?? []).map(one => one.name));
      const variables = [...(doc.variables ?? []), ...(read.variables ?? []).filter(one => !known.has(one.name))];
      set({ ...withRequest(doc, request), variables, name: doc.name || read.name });
    },
  });
  const notes = (reading.data?.notes ?? []).filter(note => !note.includes("`draft`"));
  if (reading.isSuccess) {
    return (
      <Alert color="teal" title={say("curlNotes")} withCloseButton onClose={close} role="status">
        {notes.length > 0 && (
          <List size="sm">
            {notes.map(note => (
              <List.Item key={note}>{note}</List.Item>
            ))}
          </List>
        )}
      </Alert>
    );
  }
  const fill = () =>
    reading.mutate({ body: { command, only_secrets: true, dry: false, replace: false, slug: slug || null } });
  return (
    <Alert icon={<IconTerminal2 size={18} />} title={say("curlFound")} role="status">
      <Stack gap="xs">
        <Text fz="sm">{say("curlText")}</Text>
        {reading.error && <ErrorNote error={reading.error} />}
        <Group gap="xs">
          <Button size="xs" onClick={fill} loading={reading.isPending}>
            {say("curlFill")}
          </Button>
          <Button size="xs" variant="default" onClick={close}>
            {say("curlIgnore")}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}

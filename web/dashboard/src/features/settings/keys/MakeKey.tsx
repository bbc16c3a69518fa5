import type { MadeKey } from "@deskhand/contract";
import { Alert, Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { $api } from "../../../api/client";
import type { Role } from "../../../app/session";
import { useTexts } from "../../../i18n/language";
import { ErrorNote } from "../../../ui/ErrorNote";
import { ui } from "../../../ui/texts";
import { Once } from "../Once";
import { RoleChoice } from "../RoleChoice";
import { keys } from "./texts";

/** Asks what the key is for, then shows it, once. */
export function MakeKey({ close }: { close: () => void }) {
  const say = useTexts(keys);
  const [made, setMade] = useState<MadeKey | null>(null);
  const title = made ? say("made", { name: made.name }) : say("make");
  return (
    <Modal
      opened
      onClose={close}
      title={<Text fw={650}>{title}</Text>}
      closeOnClickOutside={!made}
      closeOnEscape={!made}
    >
      {made ? <TheKey made={made} close={close} /> : <Asked close={close} done={setMade} />}
    </Modal>
  );
}

function Asked({ close, done }: { close: () => void; done: (made: MadeKey) => void }) {
  const say = useTexts(keys);
  const shared = useTexts(ui);
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("agent");
  const making = $api.useMutation("post", "/v1/keys", {
    onSuccess: data => {
      void queries.invalidateQueries({ queryKey: ["get", "/v1/keys"] });
      done(data);
    },
  });
  const make = (event: FormEvent) => {
    event.preventDefault();
    making.mutate({ body: { name: name.trim(), role } });
  };
  const may = { agent: say("agentMay"), admin: say("adminMay"), owner: say("ownerMay") };
  return (
    <form onSubmit={make}>
      <Stack>
        <TextInput
          label={say("name")}
          description={say("nameHint")}
          value={name}
          onChange={event => setName(event.currentTarget.value)}
          maxLength={100}
          data-autofocus
        />
        <RoleChoice label={say("role")} value={role} choose={setRole} may={may} />
        {making.error && <ErrorNote error={making.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close}>
            {shared("cancel")}
          </Button>
          <Button type="submit" loading={making.isPending} disabled={!name.trim()}>
            {say("create")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function TheKey({ made, close }: { made: MadeKey; close: () => void }) {
  const say = useTexts(keys);
  return (
    <Stack>
      <Alert color="yellow" icon={<IconAlertTriangle size={18} />} p="sm">
        {say("madeText")}
      </Alert>
      <Once label={say("theKey")} value={made.key} copy={say("copyKey")} />
      <Group justify="flex-end">
        <Button onClick={close}>{say("done")}</Button>
      </Group>
    </Stack>
  );
}

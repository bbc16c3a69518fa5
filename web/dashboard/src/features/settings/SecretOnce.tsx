import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useTexts } from "../../i18n/language";
import { Once } from "./Once";
import { webhooks } from "./webhooks/texts";

/** A signing secret, shown this once. */
export function SecretOnce({ secret, close }: { secret: string; close: () => void }) {
  const say = useTexts(webhooks);
  return (
    <Modal opened onClose={close} closeOnClickOutside={false} title={<Text fw={650}>{say("secret")}</Text>}>
      <Stack>
        <Text fz="sm">{say("secretOnce")}</Text>
        <Once label={say("secret")} value={secret} copy={say("copySecret")} />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {say("done")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

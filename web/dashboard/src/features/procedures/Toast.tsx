/** Says what was done, with a way back. */

import { Anchor, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useTexts } from "../../i18n/language";
import { useFailing } from "./Failure";
import { procedures } from "./texts";

/** Show a message in the corner that can undo what it tells. */
export function tell(message: string, undo?: () => Promise<unknown>): void {
  const id = notifications.show({
    message: <Told message={message} undo={undo} close={() => notifications.hide(id)} />,
    autoClose: undo ? 10_000 : 5_000,
  });
}

function Told({ message, undo, close }: { message: string; undo?: () => Promise<unknown>; close: () => void }) {
  const say = useTexts(procedures);
  const { fail, forget } = useFailing();
  const back = async () => {
    forget();
    try {
      await undo?.();
    } catch (thrown) {
      fail(say("undoFailed"), thrown);
    }
    close();
  };
  return (
    <Group justify="space-between" wrap="nowrap" gap="sm">
      <Text fz="sm">{message}</Text>
      {undo && (
        <Anchor component="button" type="button" fz="sm" fw={600} onClick={() => void back()}>
          {say("undo")}
        </Anchor>
      )}
    </Group>
  );
}

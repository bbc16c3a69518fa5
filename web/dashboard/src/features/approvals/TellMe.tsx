import { Button, Menu, Stack, Switch, Text } from "@mantine/core";
import { IconBell } from "@tabler/icons-react";
import { useState } from "react";
import { useTexts } from "../../i18n/language";
import { alerts, keepAlerts, mayNotify } from "./alerts";
import { approvals } from "./texts";

/** Whether a sound or a notification tells of what newly waits; this browser keeps the choice. */
export function TellMe() {
  const say = useTexts(approvals);
  const [wanted, setWanted] = useState(alerts);
  const [denied, setDenied] = useState(false);
  const want = (changes: Partial<typeof wanted>) => {
    const now = { ...wanted, ...changes };
    keepAlerts(now);
    setWanted(now);
  };
  const wantDesktop = async (on: boolean) => {
    const allowed = !on || (await mayNotify());
    setDenied(!allowed);
    want({ desktop: on && allowed });
  };
  return (
    <Menu closeOnItemClick={false} position="bottom-end">
      <Menu.Target>
        <Button variant="default" size="xs" leftSection={<IconBell size={16} />}>
          {say("tellMe")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Stack p="sm" gap="sm">
          <Switch
            label={say("sound")}
            checked={wanted.sound}
            onChange={event => want({ sound: event.currentTarget.checked })}
          />
          <Switch
            label={say("desktop")}
            checked={wanted.desktop}
            onChange={event => void wantDesktop(event.currentTarget.checked)}
          />
          {denied && (
            <Text fz="xs" c="dimmed" role="alert">
              {say("desktopDenied")}
            </Text>
          )}
        </Stack>
      </Menu.Dropdown>
    </Menu>
  );
}

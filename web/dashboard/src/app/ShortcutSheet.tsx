/** The `?` sheet: every key that works now. */

import { Group, Kbd, Modal, SimpleGrid, Stack, Text } from "@mantine/core";
import { useTexts } from "../i18n/language";
import { type Shortcut, type ShortcutGroup, useShortcutGroups } from "./shortcuts";
import { shell } from "./texts";

const MAC = /Mac|iPhone|iPad/.test(navigator.userAgent);
const NAMES: Readonly<Record<string, string>> = {
  shift: "⇧",
  alt: "Alt",
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  Enter: "↵",
  Escape: "Esc",
};

export default function ShortcutSheet({ close }: { close: () => void }) {
  const say = useTexts(shell);
  const groups = useShortcutGroups();
  return (
    <Modal opened onClose={close} title={say("shortcuts")} size="lg">
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xl">
        {[...groups].reverse().map(group => (
          <Keys key={group.title} group={group} />
        ))}
      </SimpleGrid>
    </Modal>
  );
}

function Keys({ group }: { group: ShortcutGroup }) {
  return (
    <Stack gap={6}>
      <Text fw={650} fz="sm">
        {group.title}
      </Text>
      {group.shortcuts.map(one => (
        <Group key={one.key} justify="space-between" wrap="nowrap">
          <Text fz="sm">{one.label}</Text>
          <Keyed shortcut={one} />
        </Group>
      ))}
    </Stack>
  );
}

function Keyed({ shortcut }: { shortcut: Shortcut }) {
  const say = useTexts(shell);
  const pressed = shortcut.key.split(" ");
  const names: Readonly<Record<string, string>> = { ...NAMES, mod: MAC ? "⌘" : say("ctrl") };
  return (
    <Group gap={4} wrap="nowrap">
      {pressed.map(press =>
        press.split("+").map(key => (
          <Kbd key={`${press}${key}`} size="xs">
            {names[key] ?? (key.length === 1 ? key.toUpperCase() : key)}
          </Kbd>
        )),
      )}
    </Group>
  );
}

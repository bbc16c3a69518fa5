/** Who is signed in, and what is theirs alone: workspaces, colours, language, profile, the way out. */

import {
  Avatar,
  Divider,
  Group,
  Input,
  NavLink,
  Popover,
  SegmentedControl,
  Text,
  UnstyledButton,
  useMantineColorScheme,
  VisuallyHidden,
} from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconCheck, IconKeyboard, IconLogout, IconSelector, IconUser } from "@tabler/icons-react";
import { Link } from "react-router";
import { api } from "../api/client";
import { isLanguage, useLanguage, useTexts } from "../i18n/language";
import { LANGUAGES } from "../i18n/texts";
import { forget } from "./personal";
import classes from "./Shell.module.css";
import { useChooseLanguage, useMe, useSwitchWorkspace } from "./session";
import { shell } from "./texts";

export function Account({ shortcuts }: { shortcuts: () => void }) {
  const say = useTexts(shell);
  const me = useMe();
  const [opened, { toggle, close }] = useDisclosure(false);
  return (
    <Popover opened={opened} onChange={close} position="top-start" width={260} trapFocus returnFocus withinPortal>
      <Popover.Target>
        <UnstyledButton w="100%" p={6} onClick={toggle}>
          <Group gap={10} wrap="nowrap">
            <VisuallyHidden>{say("account")}</VisuallyHidden>
            <Avatar name={me.name} color="desk" size={32} radius="xl" aria-hidden />
            <div style={{ minWidth: 0, flex: 1 }}>
              <Text fz="sm" fw={600} truncate>
                {me.name}
              </Text>
              <Text fz="xs" c="dimmed" truncate>
                {say(me.role)} · {me.workspace.name}
              </Text>
            </div>
            <IconSelector size={16} />
          </Group>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown p="xs" aria-label={say("account")}>
        <Workspaces />
        <Choices />
        <Divider my={6} />
        <Ways shortcuts={shortcuts} close={close} />
      </Popover.Dropdown>
    </Popover>
  );
}

function Ways({ shortcuts, close }: { shortcuts: () => void; close: () => void }) {
  const say = useTexts(shell);
  const me = useMe();
  const signOut = async () => {
    await api.POST("/v1/sign-out");
    forget();
    location.assign("/"); // anew, so that nothing of this member stays in memory
  };
  const then = (run: () => void) => () => {
    close();
    run();
  };
  return (
    <>
      {me.member && (
        <NavLink
          className={classes.entry}
          component={Link}
          to="/profile"
          onClick={close}
          label={say("profile")}
          leftSection={<IconUser size={16} />}
        />
      )}
      <NavLink
        className={classes.entry}
        component="button"
        onClick={then(shortcuts)}
        label={say("shortcuts")}
        leftSection={<IconKeyboard size={16} />}
      />
      <NavLink
        className={classes.entry}
        component="button"
        onClick={then(() => void signOut())}
        label={say("signOut")}
        leftSection={<IconLogout size={16} />}
      />
    </>
  );
}

/** The workspaces of somebody who has several; choosing one goes there. */
function Workspaces() {
  const say = useTexts(shell);
  const me = useMe();
  const change = useSwitchWorkspace();
  if (me.memberships.length < 2) return null;
  return (
    <div>
      <Input.Label component="div" px="sm" fz="xs">
        {say("workspace")}
      </Input.Label>
      {me.memberships.map(({ workspace, role }) => {
        const here = workspace.id === me.workspace.id;
        return (
          <NavLink
            key={workspace.id}
            className={classes.entry}
            component="button"
            active={here}
            aria-current={here || undefined}
            onClick={() => void (here || change(workspace.id))}
            label={workspace.name}
            rightSection={here ? <IconCheck size={16} /> : <Text fz="xs">{say(role)}</Text>}
          />
        );
      })}
      <Divider my={6} />
    </div>
  );
}

function Choices() {
  const say = useTexts(shell);
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { language } = useLanguage();
  const choose = useChooseLanguage();
  return (
    <>
      <Input.Label component="div" px="sm" fz="xs">
        {say("colours")}
      </Input.Label>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label={say("colours")}
        value={colorScheme}
        onChange={value => setColorScheme(value as typeof colorScheme)}
        data={[
          { value: "light", label: say("light") },
          { value: "dark", label: say("dark") },
          { value: "auto", label: say("system") },
        ]}
      />
      <Input.Label component="div" px="sm" fz="xs" mt={6}>
        {say("language")}
      </Input.Label>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label={say("language")}
        value={language}
        onChange={value => isLanguage(value) && choose(value)}
        data={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
      />
    </>
  );
}

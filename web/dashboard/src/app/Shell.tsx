/** The frame around every screen: menu, account, palette, what is told everywhere. */

import { Alert, AppShell, Burger, Group, ScrollArea, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlugConnectedX } from "@tabler/icons-react";
import { lazy, Suspense, useEffect } from "react";
import { Outlet, useLocation, useNavigate } from "react-router";
import { useOnline } from "../api/live";
import { useTexts } from "../i18n/language";
import { Account } from "./Account";
import { Menu, useMenu } from "./Menu";
import classes from "./Shell.module.css";
import { useShortcuts } from "./shortcuts";
import { shell } from "./texts";

const loadPalette = () => import("./Palette");
const Palette = lazy(loadPalette);
const ShortcutSheet = lazy(() => import("./ShortcutSheet"));

export function Shell() {
  const say = useTexts(shell);
  const [opened, menu] = useDisclosure(false);
  const [palette, showPalette] = useDisclosure(false);
  const [sheet, showSheet] = useDisclosure(false);
  const { pathname } = useLocation();
  useGlobalKeys(showPalette.open, showSheet.open);
  usePaletteAtHand();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another screen closes the menu on a phone
  useEffect(menu.close, [pathname]);
  return (
    <AppShell
      header={{ height: { base: 52, sm: 0 } }}
      navbar={{ width: 224, breakpoint: "sm", collapsed: { mobile: !opened } }}
    >
      <a className={classes.skip} href="#main">
        {say("skip")}
      </a>
      <AppShell.Header hiddenFrom="sm" px="sm">
        <Group h="100%" gap="sm">
          <Burger
            opened={opened}
            onClick={menu.toggle}
            size="sm"
            aria-label={opened ? say("closeMenu") : say("openMenu")}
            aria-expanded={opened}
          />
          <img src="/icon.svg" alt="" width="22" height="22" />
          <Text fw={650}>{say("product")}</Text>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar className={classes.navbar} aria-label={say("menu")}>
        <AppShell.Section grow component={ScrollArea} p="xs">
          <Menu search={showPalette.open} />
        </AppShell.Section>
        <AppShell.Section p="xs" className={classes.account}>
          <Account shortcuts={showSheet.open} />
        </AppShell.Section>
      </AppShell.Navbar>
      <AppShell.Main id="main" tabIndex={-1} className={classes.main}>
        <Offline />
        <Outlet />
      </AppShell.Main>
      <Suspense>
        {palette && <Palette close={showPalette.close} />}
        {sheet && <ShortcutSheet close={showSheet.close} />}
      </Suspense>
    </AppShell>
  );
}

/** The palette is fetched before it is asked for: what is typed right behind its key must not be lost. */
function usePaletteAtHand(): void {
  useEffect(() => {
    const timer = setTimeout(() => void loadPalette(), 1500);
    return () => clearTimeout(timer);
  }, []);
}

function Offline() {
  const say = useTexts(shell);
  const online = useOnline();
  return (
    <div role="status">
      {!online && (
        <Alert color="orange" radius={0} py="xs" icon={<IconPlugConnectedX size={18} />}>
          {say("offline")}
        </Alert>
      )}
    </div>
  );
}

function useGlobalKeys(palette: () => void, sheet: () => void): void {
  const say = useTexts(shell);
  const navigate = useNavigate();
  const entries = useMenu();
  useShortcuts(say("everywhere"), [
    { key: "mod+k", label: say("showPalette"), run: palette, inFields: true },
    { key: "?", label: say("showShortcuts"), run: sheet },
    ...entries.map(({ path, menu }) => ({
      key: `g ${menu.key}`,
      label: `${say("goTo")}: ${say(menu.label)}`,
      run: () => void navigate(path),
    })),
  ]);
}

/** The menu: every screen in its section. */

import { Group, Kbd, NavLink, Text, UnstyledButton } from "@mantine/core";
import { IconExternalLink, IconMessageCircle, IconSearch } from "@tabler/icons-react";
import { Link, useLocation } from "react-router";
import { useTexts } from "../i18n/language";
import classes from "./Shell.module.css";
import { type MenuEntry, SCREENS, SECTIONS, type Section } from "./screens";
import { useMayBuild, useMe } from "./session";
import { shell } from "./texts";
import { useTalkPage } from "./widget";

export interface Shown {
  readonly path: string;
  readonly menu: MenuEntry;
}

/** What the menu has for whoever is signed in. */
export function useMenu(): readonly Shown[] {
  const builds = useMayBuild();
  return SCREENS.flatMap(({ path, menu }) =>
    menu && (builds || !menu.builders) ? [{ path: path.replace("/*", ""), menu }] : [],
  );
}

export function Menu({ search }: { search: () => void }) {
  const say = useTexts(shell);
  const entries = useMenu();
  return (
    <>
      <Group gap={8} className={classes.brand} visibleFrom="sm">
        <img src="/icon.svg" alt="" width="24" height="24" />
        <Text fw={650} fz="lg">
          {say("product")}
        </Text>
      </Group>
      <UnstyledButton className={classes.search} onClick={search}>
        <IconSearch size={16} />
        <Text span fz="sm" flex={1} truncate>
          {say("palette")}
        </Text>
        <Kbd size="xs" visibleFrom="sm">
          {/Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘K" : `${say("ctrl")} K`}
        </Kbd>
      </UnstyledButton>
      {SECTIONS.map(section => (
        <MenuSection key={section} section={section} entries={entries.filter(one => one.menu.section === section)} />
      ))}
      <Outward />
    </>
  );
}

function MenuSection({ section, entries }: { section: Section; entries: readonly Shown[] }) {
  const say = useTexts(shell);
  const { pathname } = useLocation();
  if (!entries.length) return null;
  return (
    <div>
      {section !== "work" && section !== "settings" && <div className={classes.heading}>{say(section)}</div>}
      {entries.map(({ path, menu: { label, icon: Icon, badge: Badge } }) => {
        const active = pathname === path || pathname.startsWith(`${path}/`);
        return (
          <NavLink
            key={path}
            component={Link}
            to={path}
            className={classes.entry}
            mt={section === "settings" ? "md" : 0}
            active={active}
            aria-current={active ? "page" : undefined}
            label={say(label)}
            leftSection={<Icon size={18} stroke={1.7} />}
            rightSection={Badge && <Badge />}
          />
        );
      })}
    </div>
  );
}

/** What lies outside of the dashboard: the customer's side. */
function Outward() {
  const say = useTexts(shell);
  const me = useMe();
  const page = useTalkPage();
  const end = <IconExternalLink size={14} />;
  return (
    <div>
      <NavLink
        className={classes.entry}
        component="a"
        href={page}
        target="_blank"
        label={say("tryChat")}
        leftSection={<IconMessageCircle size={18} stroke={1.7} />}
        rightSection={end}
      />
      {me.shop && (
        <NavLink
          className={classes.entry}
          component="a"
          href={me.shop}
          target="_blank"
          rel="noreferrer"
          label={say("openShop")}
          leftSection={<IconExternalLink size={18} stroke={1.7} />}
        />
      )}
    </div>
  );
}

/** The settings: their sections at the side, or in a list to choose from on a phone, and the one that is open. */

import { Group, NativeSelect, NavLink, Stack, Text, Title } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import { Link, Navigate, Route, Routes, useLocation, useNavigate } from "react-router";
import { Missing } from "../../app/Fallbacks";
import { useMayBuild } from "../../app/session";
import { useTexts } from "../../i18n/language";
import { Empty } from "../../ui/Empty";
import { Waiting } from "../../ui/Waiting";
import classes from "./Settings.module.css";
import { GROUPS, SETTINGS, type SettingsSection } from "./sections";
import { settings } from "./texts";

const SHOWN = SETTINGS.map(section => ({ ...section, Content: lazy(section.load) }));

export default function Settings() {
  const builds = useMayBuild();
  const open = SETTINGS.filter(section => builds || !section.builders);
  return (
    <div className={classes.frame}>
      <Side sections={open} />
      <Choice sections={open} />
      <div className={classes.content}>
        <Suspense fallback={<Waiting />}>
          <Routes>
            <Route index element={<Navigate to="general" replace />} />
            {SHOWN.map(({ path, builders, Content }) => (
              <Route key={path} path={path} element={builders && !builds ? <Closed /> : <Content />} />
            ))}
            <Route path="*" element={<Missing />} />
          </Routes>
        </Suspense>
      </div>
    </div>
  );
}

interface Sections {
  readonly sections: readonly SettingsSection[];
}

function Side({ sections }: Sections) {
  const say = useTexts(settings);
  const current = useCurrent(sections);
  return (
    <nav className={classes.side} aria-label={say("sections")}>
      <Title order={1} px="sm" pb="xs">
        {say("title")}
      </Title>
      {GROUPS.map(group => {
        const found = sections.filter(section => section.group === group);
        return (
          found.length > 0 && (
            <div key={group}>
              <Text className={classes.heading}>{say(group)}</Text>
              {found.map(({ path, label, icon: Icon }) => (
                <NavLink
                  key={path}
                  component={Link}
                  to={`/settings/${place(path)}`}
                  className={classes.entry}
                  active={place(path) === current}
                  aria-current={place(path) === current ? "page" : undefined}
                  label={say(label)}
                  leftSection={<Icon size={17} stroke={1.7} />}
                />
              ))}
            </div>
          )
        );
      })}
    </nav>
  );
}

function Choice({ sections }: Sections) {
  const say = useTexts(settings);
  const navigate = useNavigate();
  const current = useCurrent(sections);
  return (
    <Stack className={classes.choice} gap={4}>
      <Title order={1}>{say("title")}</Title>
      <NativeSelect
        aria-label={say("section")}
        value={current}
        onChange={event => void navigate(`/settings/${event.currentTarget.value}`)}
        data={sections.map(({ path, label }) => ({ value: place(path), label: say(label) }))}
      />
    </Stack>
  );
}

function Closed() {
  const say = useTexts(settings);
  return (
    <Group justify="center">
      <Empty icon={IconLock} title={say("builders")}>
        {say("buildersText")}
      </Empty>
    </Group>
  );
}

function useCurrent(sections: readonly SettingsSection[]): string {
  const second = useLocation().pathname.split("/")[2] ?? "";
  return sections.some(({ path }) => place(path) === second) ? second : "";
}

function place(path: string): string {
  return path.replace("/*", "");
}

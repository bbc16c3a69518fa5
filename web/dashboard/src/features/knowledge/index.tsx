/** Knowledge: sources, topics, and a question to try. */

import { Anchor, Button, Tabs } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { Link, Navigate, Route, Routes, useLocation } from "react-router";
import { useMayBuild } from "../../app/session";
import { useTexts } from "../../i18n/language";
import { Page } from "../../ui/Page";
import { Ask } from "./Ask";
import Source from "./Source";
import { SourceForm } from "./SourceForm";
import { SourceList } from "./SourceList";
import { Topics } from "./Topics";
import { knowledge } from "./texts";

const TABS = { sources: SourceList, topics: Topics, ask: Ask } as const;
const NAMES = Object.keys(TABS) as (keyof typeof TABS)[];

export default function Knowledge() {
  return (
    <Routes>
      <Route index element={<Navigate to="sources" replace />} />
      {NAMES.map(name => (
        <Route key={name} path={name} element={<Tabbed name={name} />} />
      ))}
      <Route path="sources/new" element={<NewSource />} />
      <Route path="sources/:slug" element={<Source />} />
      <Route path="*" element={<Navigate to="/knowledge/sources" replace />} />
    </Routes>
  );
}

function Tabbed({ name }: { name: keyof typeof TABS }) {
  const say = useTexts(knowledge);
  const builds = useMayBuild();
  const { search } = useLocation();
  const Content = TABS[name];
  return (
    <Page
      title={say("title")}
      lead={say("lead")}
      actions={
        <>
          <Anchor component={Link} to="/reports/unanswered" fz="sm">
            {say("unansweredLink")}
          </Anchor>
          {builds && (
            <Button component={Link} to="/knowledge/sources/new" leftSection={<IconPlus size={16} />}>
              {say("add")}
            </Button>
          )}
        </>
      }
    >
      <Tabs value={name}>
        <Tabs.List aria-label={say("title")}>
          {NAMES.map(one => (
            <Tabs.Tab
              key={one}
              value={one}
              aria-controls={undefined}
              renderRoot={props => <Link {...props} to={{ pathname: `/knowledge/${one}`, search }} />}
            >
              {say(one)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
      </Tabs>
      <Content />
    </Page>
  );
}

function NewSource() {
  const say = useTexts(knowledge);
  return (
    <Page title={say("add")} trail={[["/knowledge/sources", say("title")]]} width="narrow">
      <SourceForm />
    </Page>
  );
}

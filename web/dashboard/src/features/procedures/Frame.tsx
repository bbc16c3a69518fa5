/** One procedure's page: title, status, what can be done, and its tabs. */

import type { Procedure } from "@deskhand/contract";
import { Button, Tabs } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { useMayBuild } from "../../app/session";
import { useTexts } from "../../i18n/language";
import { CopyId } from "../../ui/Copy";
import { Page } from "../../ui/Page";
import { Failure } from "./Failure";
import { Differs, Marks, StatusBadge } from "./marks";
import { RowMenu } from "./RowMenu";
import { settings } from "./settings/texts";
import { procedures } from "./texts";

export const SETTINGS_TABS = ["general", "variables", "triggers", "boundary"] as const;
export type SettingsTab = (typeof SETTINGS_TABS)[number];

interface Props {
  readonly of: Procedure;
  readonly tab: SettingsTab | "overview";
  readonly beside?: ReactNode;
  readonly children: ReactNode;
}

export function Frame({ of, tab, beside, children }: Props) {
  const say = useTexts(procedures);
  const title = useTexts(settings);
  const builds = useMayBuild();
  const tabs = ["overview", ...SETTINGS_TABS] as const;
  const to = (name: string) => `/procedures/${of.slug}${name === "overview" ? "" : `/settings/${name}`}`;
  return (
    <Page
      title={of.name}
      trail={[["/procedures", say("title")]]}
      lead={<CopyId id={of.slug} />}
      beside={
        <>
          <StatusBadge status={of.status} />
          {of.differs && <Differs />}
          <Marks of={of} />
        </>
      }
      actions={
        <>
          {beside}
          <Button
            component={Link}
            to={`/procedures/${of.slug}/edit`}
            leftSection={<IconPencil size={16} />}
            variant={builds ? "filled" : "default"}
          >
            {say("editDraft")}
          </Button>
          <RowMenu of={of} away="/procedures" />
        </>
      }
    >
      <Tabs value={tab}>
        <Tabs.List aria-label={say("settings")}>
          {tabs.map(name => (
            <Tabs.Tab
              key={name}
              value={name}
              aria-controls={undefined}
              renderRoot={props => <Link {...props} to={to(name)} />}
            >
              {name === "overview" ? say("overview") : title(name)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
      </Tabs>
      <Failure />
      {children}
    </Page>
  );
}

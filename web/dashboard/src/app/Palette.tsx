/** The command palette: jump to a screen, do what the screen offers, find what there is by its name or its words. */

import type { ActionDefinition } from "@deskhand/contract";
import { Loader, Modal, VisuallyHidden } from "@mantine/core";
import { createSpotlight, Spotlight, useSpotlight } from "@mantine/spotlight";
import "@mantine/spotlight/styles.layer.css";
import { IconBolt, IconRoute, IconSearch } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useNavigate } from "react-router";
import { $api } from "../api/client";
import { useTexts } from "../i18n/language";
import { useKnownCommands } from "./commands";
import { useMenu } from "./Menu";
import { matching, type Section } from "./matching";
import classes from "./Palette.module.css";
import { shell } from "./texts";
import { useCustomersFound } from "./useCustomersFound";

/** How many entries are shown of what is known here. */
const MOST = 12;

const [store, spotlight] = createSpotlight();

export default function Palette({ close }: { close: () => void }) {
  const say = useTexts(shell);
  const [typed, setTyped] = useState("");
  const known = [useCommandsNow(), useScreens(), ...useThings()];
  const customers = useCustomersFound(typed);
  const sections = [...matching(known, typed, MOST), ...customers.sections];
  useEffect(() => spotlight.open(), []);
  useFirstChosen(typed, sections);
  return (
    <Spotlight.Root
      store={store}
      query={typed}
      onQueryChange={setTyped}
      shortcut={null}
      onSpotlightClose={close}
      centered={false} // its place stays while what is found changes
      scrollable
      maxHeight={420}
    >
      <VisuallyHidden>
        <Modal.Title>{say("palette")}</Modal.Title>
      </VisuallyHidden>
      <Spotlight.Search
        leftSection={<IconSearch size={18} />}
        rightSection={customers.searching && <Loader size="xs" />}
        placeholder={say("paletteHint")}
        aria-label={say("palette")}
      />
      {sections.length > 0 && <Sections of={sections} />}
      <div role="status">
        {customers.searching && <Spotlight.Empty>{say("searching")}</Spotlight.Empty>}
        {customers.failed && <Spotlight.Empty>{say("notSearched")}</Spotlight.Empty>}
        {!customers.searching && !customers.failed && sections.length === 0 && (
          <Spotlight.Empty>{say("nothingFound")}</Spotlight.Empty>
        )}
      </div>
    </Spotlight.Root>
  );
}

function Sections({ of }: { of: readonly Section[] }) {
  return (
    <Spotlight.ActionsList>
      {of.map(({ title, entries }) => (
        <Spotlight.ActionsGroup key={title} label={title}>
          {entries.map(({ id, label, description, icon, beside, run }) => (
            <Spotlight.Action
              key={id}
              label={label}
              description={description}
              leftSection={icon}
              rightSection={beside}
              onClick={run}
              highlightQuery
              classNames={{ actionDescription: classes.line }}
            />
          ))}
        </Spotlight.ActionsGroup>
      ))}
    </Spotlight.ActionsList>
  );
}

/** What comes after one typed is chosen where nothing was: Enter opens it. */
function useFirstChosen(typed: string, sections: readonly Section[]): void {
  const { listId } = useSpotlight(store);
  const shown = sections.flatMap(one => one.entries.map(({ id }) => id)).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `shown` stands for what the list holds
  useEffect(() => {
    const list = typed ? document.getElementById(listId) : null;
    if (!list || list.querySelector("[data-selected]")) return;
    list.querySelector("[data-action]")?.setAttribute("data-selected", "true");
    store.updateState(state => ({ ...state, selected: 0 }));
  }, [listId, shown, typed]);
}

function useCommandsNow(): Section {
  const say = useTexts(shell);
  return { title: say("commands"), entries: useKnownCommands() };
}

function useScreens(): Section {
  const say = useTexts(shell);
  const navigate = useNavigate();
  const entries = useMenu().map(({ path, menu: { label, icon: Icon } }) => ({
    id: `screen ${path}`,
    label: say(label),
    icon: <Icon size={18} stroke={1.7} />,
    run: () => void navigate(path),
  }));
  return { title: say("goTo"), entries };
}

function useThings(): readonly Section[] {
  const say = useTexts(shell);
  const navigate = useNavigate();
  const procedures = $api.useQuery("get", "/v1/procedures");
  const actions = $api.useQuery("get", "/v1/actions");
  return [
    {
      title: say("procedures"),
      entries: (procedures.data?.items ?? []).map(one => ({
        id: `procedure ${one.slug}`,
        label: one.name,
        keywords: one.slug,
        icon: <IconRoute size={18} stroke={1.7} />,
        run: () => void navigate(`/procedures/${one.slug}`),
      })),
    },
    {
      title: say("actions"),
      entries: (actions.data?.items ?? []).map(one => {
        const { slug, name } = one as unknown as ActionDefinition;
        return {
          id: `action ${slug}`,
          label: name ?? slug,
          keywords: slug,
          icon: <IconBolt size={18} stroke={1.7} />,
          run: () => void navigate(`/actions/${slug}`),
        };
      }),
    },
  ];
}

import { Tabs as MantineTabs, NativeSelect } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useNavigate } from "react-router";
import { useTexts } from "../../i18n/language";
import type { PlainKey } from "../../i18n/texts";
import { type Doc, reaches, requestOf } from "./model";
import { actions } from "./texts";

export type Tab = "about" | "endpoint" | "auth" | "variables" | "response" | "rules" | "test" | "log" | "agents";

/** The parts that an action of this kind has. */
export function tabsOf(doc: Doc): readonly Tab[] {
  const all: readonly Tab[] = ["about", "endpoint", "auth", "variables", "response", "rules", "test", "log", "agents"];
  return all.filter(tab => {
    if (tab === "auth") return requestOf(doc) !== null;
    if (tab === "log") return reaches(doc);
    return true;
  });
}

/** What the second tab is called: it differs from kind to kind. */
export function tabLabel(doc: Doc, tab: Tab): PlainKey<typeof actions.en> {
  if (tab !== "endpoint") return tab;
  return ({ http: "endpoint", mcp: "tool", form: "form", button: "button", javascript: "javascript" } as const)[
    doc.kind
  ];
}

interface Props {
  readonly doc: Doc;
  readonly current: Tab;
  /** Tabs on which something is wrong. */
  readonly wrong: ReadonlySet<string>;
}

/** The parts of an action as tabs, or as a choice on a phone; each has its address. */
export function ActionTabs({ doc, current, wrong }: Props) {
  const say = useTexts(actions);
  const navigate = useNavigate();
  const phone = useMediaQuery("(max-width: 48em)");
  const go = (tab: string | null) =>
    tab && void navigate(tab === "about" ? `/actions/${doc.slug}` : `/actions/${doc.slug}/${tab}`);
  const shown = tabsOf(doc);
  const label = (tab: Tab) => `${say(tabLabel(doc, tab))}${wrong.has(tab) ? " •" : ""}`;
  if (phone) {
    return (
      <NativeSelect
        aria-label={say("part")}
        value={current}
        onChange={event => go(event.currentTarget.value)}
        data={shown.map(tab => ({ value: tab, label: label(tab) }))}
      />
    );
  }
  return (
    <MantineTabs value={current} onChange={go} activateTabWithKeyboard={false} keepMounted={false}>
      <MantineTabs.List aria-label={say("tabs")}>
        {shown.map(tab => (
          <MantineTabs.Tab key={tab} value={tab} c={wrong.has(tab) ? "red" : undefined}>
            {label(tab)}
          </MantineTabs.Tab>
        ))}
      </MantineTabs.List>
    </MantineTabs>
  );
}

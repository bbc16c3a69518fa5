import { describe, expect, it } from "vitest";
import { BEGUN, tabsOf, toStore, wrongTabs } from "./drafts";

const AGENT = { ...BEGUN, slug: "default", name: "Sam" };
const OFFICE = { days: ["mon" as const], from: "09:00", to: "17:00" };

describe("an agent that is edited", () => {
  it("is stored without texts that were left empty", () => {
    const edited = {
      ...AGENT,
      widget: {
        ...AGENT.widget,
        title: { en: "Ask us", de: "" },
        suggestions: ["", "Where is my order?", { en: " " }],
      },
      lead_form: { text: { en: "", de: "" }, fields: [{ name: "email" as const, required: true }] },
    };
    const stored = toStore(edited);
    expect(stored.widget.title).toBe("Ask us");
    expect(stored.widget.suggestions).toEqual(["Where is my order?"]);
    expect(stored.lead_form).toEqual({ text: null, fields: [{ name: "email", required: true }] });
    expect(toStore(AGENT)).toEqual(AGENT);
  });

  it("has a widget only where it talks to customers, and once it is there", () => {
    expect(tabsOf(AGENT)).toContain("widget");
    expect(tabsOf({ ...AGENT, kind: "team" })).toEqual(["general"]);
    expect(tabsOf(BEGUN)).toEqual(["general"]);
  });

  it.each([
    [{}, []],
    [{ name: " " }, ["general"]],
    [{ widget: { ...AGENT.widget, color: "#12" } }, ["widget"]],
    [{ widget: { ...AGENT.widget, origins: ["https://example.com", "*.example.com"] } }, ["widget"]],
    [{ live_chat: { to: "inbox", time_zone: "", hours: [] } }, []],
    [{ live_chat: { to: "inbox", time_zone: "", hours: [OFFICE] } }, []],
    [{ live_chat: { to: "inbox", time_zone: "", hours: [{ ...OFFICE, days: [] }] } }, ["live-chat"]],
    [{ live_chat: { to: "inbox", time_zone: "", hours: [{ ...OFFICE, to: "09:00" }] } }, ["live-chat"]],
    [{ kind: "team" as const, widget: { ...AGENT.widget, color: "" } }, []],
  ])("tells on which tabs %o has to be corrected", (change, expected) => {
    expect(wrongTabs({ ...AGENT, ...change })).toEqual(expected);
  });
});

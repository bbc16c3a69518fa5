import { describe, expect, it } from "vitest";
import { starter, WHATS, type What } from "./starters";

const begun = { name: " Tour ", when: "request", description: "When asked", sources: [] } as const;

const ONE_SHOT: Readonly<Partial<Record<What, string>>> = {
  call: "call",
  tool: "tool",
  followUp: "suggest",
  link: "redirect",
  button: "button",
  component: "component",
  form: "form",
  topic: "switch_topic",
  javascript: "javascript",
  liveChat: "live_chat",
};

describe("a new procedure by its type", () => {
  it.each(Object.entries(ONE_SHOT))("%s begins as one step of the kind %s, which customers pick", (what, kind) => {
    const { steps } = starter({ ...begun, what: what as What });
    expect(Array.isArray(steps) ? steps.map(one => (one as { kind: string }).kind) : steps).toEqual([kind]);
  });

  it("has a name and a trigger, whatever it does", () => {
    for (const what of WHATS) {
      expect(starter({ ...begun, what })).toMatchObject({ name: "Tour", trigger: { description: "When asked" } });
    }
  });
});

/** An agent while it is being edited: where it begins, what is stored of it, what is wrong with it. */

import type { ShownAgent } from "@deskhand/contract";
import { tidied } from "../../ui/byLanguage";
import { isEmpty, isStretch } from "./live/week";
import { readable } from "./widget/colour";
import { isOrigin } from "./widget/origin";

export const TABS = ["general", "widget", "live-chat", "lead-form"] as const;
export type Tab = (typeof TABS)[number];

export const BEGUN: ShownAgent = {
  slug: "",
  name: "",
  number: "",
  kind: "customer",
  instructions: "",
  actions: [],
  procedures: null,
  model: null,
  live_chat: null,
  lead_form: null,
  widget: {
    origins: [],
    title: "",
    greeting: "",
    color: "#2563eb",
    position: "right",
    suggestions: [],
    require_identity: false,
  },
};

export interface PartProps {
  readonly agent: ShownAgent;
  readonly set: (change: Partial<ShownAgent>) => void;
}

export function tabsOf(agent: ShownAgent): readonly Tab[] {
  return agent.slug && agent.kind === "customer" ? TABS : ["general"];
}

/** What is stored: without texts that were left empty. */
export function toStore(agent: ShownAgent): ShownAgent {
  const { widget, lead_form } = agent;
  const above = lead_form?.text ? tidied(lead_form.text) : "";
  return {
    ...agent,
    widget: {
      ...widget,
      title: tidied(widget.title),
      greeting: tidied(widget.greeting),
      suggestions: widget.suggestions.map(tidied).filter(one => one !== ""),
    },
    lead_form: lead_form && { ...lead_form, text: above || null },
  };
}

/** The tabs on which something has to be corrected before it can be stored. */
export function wrongTabs(agent: ShownAgent): readonly Tab[] {
  const hours = agent.live_chat?.hours ?? [];
  const { color, origins } = agent.widget;
  const wrong: Tab[] = [];
  if (!agent.name.trim()) wrong.push("general");
  if (!readable(color) || !origins.every(isOrigin)) wrong.push("widget");
  if (isEmpty(hours) || !hours.every(isStretch)) wrong.push("live-chat");
  return wrong.filter(tab => tabsOf(agent).includes(tab));
}

/** Documents to begin with: what it does, and when it comes. */

import type { Doc } from "@deskhand/flow";

export const WHATS = [
  "flow",
  "call",
  "tool",
  "followUp",
  "link",
  "button",
  "component",
  "form",
  "topic",
  "javascript",
  "liveChat",
  "person",
  "ticket",
] as const;
export type What = (typeof WHATS)[number];

export const WHENS = ["request", "sources", "feedback", "unanswered", "always"] as const;
export type When = (typeof WHENS)[number];

export interface Begun {
  readonly name: string;
  readonly what: What;
  readonly when: When;
  readonly description: string;
  readonly sources: readonly string[];
}

const STEPS: Readonly<Record<What, readonly Doc[]>> = {
  flow: [],
  call: [{ id: "call", kind: "call", method: "GET", url: "https://", description: "" }],
  tool: [{ id: "use_tool", kind: "tool", connection: "", tool: "", response_variable: "result" }],
  link: [{ id: "redirect", kind: "redirect", url: "https://" }],
  button: [{ id: "offer_link", kind: "button", button: "", url: "https://" }],
  component: [{ id: "show", kind: "component", component: { kind: "video", url: "https://", title: "" } }],
  form: [{ id: "form", kind: "form", fields: [{ name: "email", type: "email", label: "E-mail" }] }],
  javascript: [{ id: "script", kind: "javascript", button: "", source: "return inputs;" }],
  followUp: [{ id: "suggest", kind: "suggest", suggestions: [""] }],
  topic: [{ id: "switch_topic", kind: "switch_topic" }],
  liveChat: [{ id: "live_chat", kind: "live_chat" }],
  person: [{ id: "to_a_person", kind: "escalate", reason: "" }],
  ticket: [
    { id: "email", kind: "collect", variable: "email", validation: "email", prompt: "" },
    {
      id: "open_ticket",
      kind: "internal",
      action: "create_ticket",
      parameters: { subject: "", description: "", email: "{{email}}", name: "", priority: "MEDIUM" },
    },
  ],
};

/** A draft; what only its author can write is left open, and publishing says so. */
export function starter({ name, what, when, description, sources }: Begun): Doc {
  return { name: name.trim(), trigger: trigger(when, description, sources), steps: STEPS[what] };
}

function trigger(when: When, description: string, sources: readonly string[]): Doc {
  const described = description.trim() ? { description: description.trim() } : {};
  switch (when) {
    case "request":
      return described;
    case "sources":
      return { ...described, sources };
    case "feedback":
      return { ...described, on_negative_feedback: true };
    case "unanswered":
      return { ...described, on_unanswered: true };
    case "always":
      return { ...described, always: true };
  }
}

/** Every step kind of the editor; a kind that is missing here does not compile. */

import type { AnyStep, Kind, Step } from "@deskhand/flow";
import { button } from "./button";
import { call } from "./call";
import { collect } from "./collect";
import { component } from "./component";
import { condition } from "./condition";
import { end } from "./end";
import { escalate } from "./escalate";
import { form } from "./form";
import { internal } from "./internal";
import { javascript } from "./javascript";
import type { StepUi } from "./kind";
import { liveChat } from "./live_chat";
import { message } from "./message";
import { procedure } from "./procedure";
import { redirect } from "./redirect";
import { set } from "./set";
import { suggest } from "./suggest";
import { switchTopic } from "./switch_topic";
import { tool } from "./tool";

export const STEPS = {
  message,
  collect,
  form,
  button,
  suggest,
  redirect,
  component,
  switch_topic: switchTopic,
  condition,
  set,
  procedure,
  call,
  tool,
  internal,
  javascript,
  escalate,
  live_chat: liveChat,
  end,
} satisfies { [K in Step["kind"]]: StepUi<K> };

export const KINDS = Object.keys(STEPS) as readonly Kind[];

/** What the editor knows of a step's kind; null for one that does not exist. */
export function uiOf(step: Pick<AnyStep, "kind">): StepUi | null {
  return step.kind in STEPS ? (STEPS[step.kind as Kind] as unknown as StepUi) : null;
}

export { exitLabel } from "./exitLabel";
export { GROUPS, type SayStep, type StepUi } from "./kind";
export { stepTexts } from "./texts";

/** The panel beside the canvas in which a draft is tried out: the whole flow, one step, the tests. */

import type { Script } from "@deskhand/contract";
import { Alert, Tabs } from "@mantine/core";
import { useState } from "react";
import { useMayBuild } from "../../app/session";
import { useTexts } from "../../i18n/language";
import type { PanelProps } from "../panel";
import { Simulate } from "./Simulate";
import { EMPTY } from "./script";
import { useShown } from "./shown";
import { Tests } from "./Tests";
import { TryStep } from "./TryStep";
import { testing } from "./texts";

export const TABS = ["flow", "step", "tests"] as const;
export type Tab = (typeof TABS)[number];

interface Props extends PanelProps {
  /** The tab that is shown, and how it changes, so that it can live in the address. */
  readonly tab?: Tab;
  readonly onTab?: (tab: Tab) => void;
  /** What the simulation begins with, such as a run that took place. */
  readonly script?: Script;
}

export function TestPanel({ tab, onTab, script: first, ...panel }: Props) {
  const say = useTexts(testing);
  const mayBuild = useMayBuild();
  const [own, setOwn] = useState<Tab>("flow");
  const [script, setScript] = useState<Script>(first ?? EMPTY);
  const chosen = tab ?? own;
  const [ref, shown] = useShown();
  const show = (to: Tab) => {
    setOwn(to);
    onTab?.(to);
  };
  if (!mayBuild) return <Alert color="gray">{say("agentCannot")}</Alert>;
  return (
    <Tabs ref={ref} value={chosen} onChange={to => to && show(to as Tab)} keepMounted={false}>
      <Tabs.List mb="sm">
        <Tabs.Tab value="flow">{say("simulate")}</Tabs.Tab>
        <Tabs.Tab value="step">{say("oneStep")}</Tabs.Tab>
        <Tabs.Tab value="tests">{say("tests")}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="flow">
        <Simulate {...panel} script={script} change={setScript} shown={shown} />
      </Tabs.Panel>
      <Tabs.Panel value="step">
        <TryStep {...panel} />
      </Tabs.Panel>
      <Tabs.Panel value="tests">
        <Tests
          {...panel}
          open={wanted => {
            setScript(wanted);
            show("flow");
          }}
          toFlow={() => show("flow")}
        />
      </Tabs.Panel>
    </Tabs>
  );
}

import { useEditing } from "./editing";
import type { Tab } from "./Tabs";
import { About } from "./tabs/About";
import { Agents } from "./tabs/Agents";
import { AuthTab } from "./tabs/AuthTab";
import { ButtonTab } from "./tabs/ButtonTab";
import { Endpoint } from "./tabs/Endpoint";
import { FormTab } from "./tabs/FormTab";
import { Log } from "./tabs/Log";
import { Response } from "./tabs/Response";
import { Rules } from "./tabs/Rules";
import { ScriptTab } from "./tabs/ScriptTab";
import { type Samples, Test } from "./tabs/Test";
import { Tool } from "./tabs/Tool";
import { Variables } from "./tabs/Variables";

interface Props {
  readonly tab: Tab;
  readonly samples: Samples;
  readonly setSamples: (samples: Samples) => void;
}

/** The open part of an action. */
export function Panel({ tab, samples, setSamples }: Props) {
  switch (tab) {
    case "about":
      return <About stored />;
    case "endpoint":
      return <What />;
    case "auth":
      return <AuthTab />;
    case "variables":
      return <Variables />;
    case "response":
      return <Response />;
    case "rules":
      return <Rules />;
    case "test":
      return <Test samples={samples} setSamples={setSamples} stored />;
    case "log":
      return <Log />;
    case "agents":
      return <Agents />;
  }
}

/** What an action of this kind does. */
export function What() {
  const { doc } = useEditing();
  switch (doc.kind) {
    case "http":
      return <Endpoint />;
    case "mcp":
      return <Tool />;
    case "form":
      return <FormTab />;
    case "button":
      return <ButtonTab />;
    case "javascript":
      return <ScriptTab />;
  }
}

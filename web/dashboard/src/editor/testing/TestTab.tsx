/** The test panel as a tab beside the canvas. */

import type { PanelProps } from "../panel";
import { TestPanel } from "./TestPanel";

export default function TestTab(panel: PanelProps) {
  return <TestPanel {...panel} />;
}

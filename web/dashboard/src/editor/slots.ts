/** What else stands in the editor's frame: tabs beside the canvas, and buttons in the bar above it. */

import type { ComponentType } from "react";
import type { PlainKey } from "../i18n/texts";
import type { PanelProps } from "./panel";
import type { editor } from "./texts";

/** A tab; its component is loaded when it is first opened. */
export interface PanelSlot {
  readonly id: string;
  readonly label: PlainKey<typeof editor.en>;
  readonly load: () => Promise<{ readonly default: ComponentType<PanelProps> }>;
  /** Only for those who may build. */
  readonly builders?: boolean;
}

/** A button, or several, in the bar above the canvas; it finds the draft with `useDraft`. */
export interface BarSlot {
  readonly id: string;
  readonly load: () => Promise<{ readonly default: ComponentType }>;
  readonly builders?: boolean;
}

/** The tabs behind the step's own, in their order. */
export const PANELS: readonly PanelSlot[] = [
  { id: "test", label: "panelTest", load: () => import("./testing/TestTab"), builders: true },
  { id: "preview", label: "panelPreview", load: () => import("./preview/PreviewPanel"), builders: true },
  { id: "settings", label: "tabSettings", load: () => import("./settings/SettingsTab") },
];

/** The buttons at the bar's end, in their order. */
export const BAR: readonly BarSlot[] = [{ id: "publishing", load: () => import("./publishing/Bar") }];

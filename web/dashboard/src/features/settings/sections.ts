/**
 * Every section of the settings: its address below /settings, where its code is, who sees it.
 *
 * A section is a file or folder here that exports its component as default and shows itself in a `Section`; its name
 * stands in this folder's texts. A section with parts of its own has a path that ends in `/*`.
 */

import {
  type Icon,
  IconAdjustmentsHorizontal,
  IconKey,
  IconLock,
  IconMail,
  IconMessageChatbot,
  IconMessages,
  IconPlug,
  IconSparkles,
  IconUsers,
  IconWebhook,
} from "@tabler/icons-react";
import type { ComponentType } from "react";
import type { PlainKey } from "../../i18n/texts";
import type { settings } from "./texts";

export const GROUPS = ["workspace", "outside"] as const;

export interface SettingsSection {
  readonly path: string;
  readonly group: (typeof GROUPS)[number];
  readonly label: PlainKey<typeof settings.en>;
  readonly icon: Icon;
  readonly load: () => Promise<{ readonly default: ComponentType }>;
  /** Only for those who may build; the server refuses the others too. */
  readonly builders?: boolean;
}

export const SETTINGS: readonly SettingsSection[] = [
  {
    path: "general",
    group: "workspace",
    label: "general",
    icon: IconAdjustmentsHorizontal,
    load: () => import("./general"),
  },
  { path: "members", group: "workspace", label: "members", icon: IconUsers, load: () => import("./members") },
  { path: "widget", group: "workspace", label: "widget", icon: IconMessageChatbot, load: () => import("./widget") },
  { path: "keys", group: "workspace", label: "keys", icon: IconKey, load: () => import("./keys"), builders: true },
  {
    path: "connections/*",
    group: "outside",
    label: "connections",
    icon: IconPlug,
    load: () => import("./connections"),
  },
  {
    path: "secrets",
    group: "outside",
    label: "secrets",
    icon: IconLock,
    load: () => import("./secrets"),
    builders: true,
  },
  { path: "models", group: "outside", label: "models", icon: IconSparkles, load: () => import("./models") },
  { path: "channels", group: "outside", label: "channels", icon: IconMessages, load: () => import("./channels") },
  { path: "webhooks", group: "outside", label: "webhooks", icon: IconWebhook, load: () => import("./webhooks") },
  { path: "mail", group: "outside", label: "mail", icon: IconMail, load: () => import("./mail") },
];

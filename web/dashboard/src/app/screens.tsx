/**
 * Every screen: its address, where its code is, and its place in the menu.
 *
 * A screen is a folder in features/ whose index.tsx exports the component as default; it is loaded when it is opened.
 */

import {
  type Icon,
  IconAddressBook,
  IconBolt,
  IconBook2,
  IconChartBar,
  IconHistory,
  IconInbox,
  IconMessages,
  IconRobot,
  IconRoute,
  IconSettings,
  IconShieldCheck,
  IconTicket,
  IconUsers,
  IconUsersGroup,
} from "@tabler/icons-react";
import type { ComponentType } from "react";
import { Badge as ApprovalsBadge } from "../features/approvals/Badge";
import type { PlainKey } from "../i18n/texts";
import type { shell } from "./texts";

type Loaded = Promise<{ readonly default: ComponentType }>;

export interface Screen {
  /** As React Router has it; a screen with parts of its own ends in `/*`. */
  readonly path: string;
  readonly load: () => Loaded;
  readonly menu?: MenuEntry;
}

export interface MenuEntry {
  readonly section: Section;
  readonly label: PlainKey<typeof shell.en>;
  readonly icon: Icon;
  /** The second key after `g`. */
  readonly key: string;
  /** A small component with a number that waits, such as `useApprovalsBadge`. */
  readonly badge?: ComponentType;
  /** Only for those who may build. */
  readonly builders?: boolean;
}

/** The menu's sections, in their order; the first has no heading. */
export const SECTIONS = ["work", "build", "analyze", "customers", "settings"] as const;
export type Section = (typeof SECTIONS)[number];

/** Where one begins. */
export const HOME = "/inbox";

/** Before anybody is signed in. */
export const OUTSIDE: readonly Screen[] = [
  { path: "/sign-in", load: () => import("../features/outside/sign-in") },
  { path: "/setup", load: () => import("../features/outside/sign-up") },
  { path: "/sign-up", load: () => import("../features/outside/sign-up") },
  { path: "/forgot", load: () => import("../features/outside/forgot") },
  { path: "/reset", load: () => import("../features/outside/reset") },
  { path: "/join", load: () => import("../features/outside/join") },
];

/** For whoever is signed in; within a section the menu has this order. */
export const SCREENS: readonly Screen[] = [
  { path: "/procedures/:slug/edit", load: () => import("../editor") },
  {
    path: "/inbox/*",
    load: () => import("../features/inbox"),
    menu: { section: "work", label: "inbox", icon: IconInbox, key: "i" },
  },
  {
    path: "/approvals/*",
    load: () => import("../features/approvals"),
    menu: { section: "work", label: "approvals", icon: IconShieldCheck, key: "a", badge: ApprovalsBadge },
  },
  {
    path: "/procedures/*",
    load: () => import("../features/procedures"),
    menu: { section: "build", label: "procedures", icon: IconRoute, key: "p" },
  },
  {
    path: "/actions/*",
    load: () => import("../features/actions"),
    menu: { section: "build", label: "actions", icon: IconBolt, key: "x" },
  },
  {
    path: "/knowledge/*",
    load: () => import("../features/knowledge"),
    menu: { section: "build", label: "knowledge", icon: IconBook2, key: "k" },
  },
  {
    path: "/audiences/*",
    load: () => import("../features/audiences"),
    menu: { section: "build", label: "audiences", icon: IconUsersGroup, key: "u" },
  },
  {
    path: "/agents/*",
    load: () => import("../features/agents"),
    menu: { section: "build", label: "agents", icon: IconRobot, key: "b" },
  },
  {
    path: "/conversations",
    load: () => import("../features/conversations"),
    menu: { section: "analyze", label: "conversations", icon: IconMessages, key: "c" },
  },
  { path: "/runs/:id", load: () => import("../features/conversation/OfRun") },
  { path: "/conversations/:id", load: () => import("../features/conversation") },
  {
    path: "/reports/*",
    load: () => import("../features/reports"),
    menu: { section: "analyze", label: "reports", icon: IconChartBar, key: "r" },
  },
  {
    path: "/audit",
    load: () => import("../features/audit"),
    menu: { section: "analyze", label: "audit", icon: IconHistory, key: "h" },
  },
  {
    path: "/contacts/*",
    load: () => import("../features/contacts"),
    menu: { section: "customers", label: "contacts", icon: IconUsers, key: "o" },
  },
  {
    path: "/leads/*",
    load: () => import("../features/leads"),
    menu: { section: "customers", label: "leads", icon: IconAddressBook, key: "l" },
  },
  {
    path: "/tickets/*",
    load: () => import("../features/tickets"),
    menu: { section: "customers", label: "tickets", icon: IconTicket, key: "t" },
  },
  {
    path: "/settings/*",
    load: () => import("../features/settings"),
    menu: { section: "settings", label: "settings", icon: IconSettings, key: "s" },
  },
  { path: "/profile", load: () => import("../features/profile") },
];

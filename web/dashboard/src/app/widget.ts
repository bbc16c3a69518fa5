/** Where agents' widgets are, and what brings them onto a page. */

import { useMe } from "./session";

const DEFAULT_AGENT = "default";

/** What an agent is called everywhere: its workspace and its slug. */
export function usePublicName(agent = DEFAULT_AGENT): string {
  return `${useMe().workspace.id}.${agent}`;
}

/** The page that has nothing but the chat with an agent. */
export function useTalkPage(agent = DEFAULT_AGENT): string {
  return `/talk/${usePublicName(agent)}`;
}

/** The line for a company's own pages. */
export function snippetOf(server: string, name: string): string {
  return `<script src="${server}/widget.js" data-agent="${name}" async></script>`;
}

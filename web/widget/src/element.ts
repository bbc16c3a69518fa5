// `<deskhand-chat agent="…">` in a page's own HTML is a chat in that place.

import type { Chat } from "../widget";
import { createChat } from "./chat";
import { filter, map, setTimeout } from "./natives";
import { TAG } from "./ui";

type Options = Parameters<typeof createChat>[0];

const NAMES = ["agent", "server", "mode", "target", "position", "locale", "texts", "theme", "open"];

/** Options that stand as attributes. */
export const optionsOf = (node: Element, prefix = "") =>
  Object.fromEntries(
    filter(
      map(NAMES, name => [name, node.getAttribute(prefix + name)]),
      ([, value]) => value !== null,
    ),
  ) as Partial<Options>;

/** An address with a slash at its end. */
export const folderOf = (address: string) => new URL(".", address).href;

/** Make the element known to the page. `server` is where this script came from. */
export function defineElement(server: string): void {
  if (customElements.get(TAG)) return;
  customElements.define(
    TAG,
    class extends HTMLElement {
      chat?: Chat;
      connectedCallback() {
        const options = optionsOf(this);
        // one that `mount` made has its picture already
        if (options.agent && !this.shadowRoot?.firstChild)
          this.chat = createChat({ server, mode: "inline", ...options, element: this } as Options);
      }
      disconnectedCallback() {
        // moved within the page, it is there again at once
        setTimeout(() => {
          if (!this.isConnected) this.chat?.destroy();
        });
      }
    },
  );
}

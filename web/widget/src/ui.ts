// The element on the page: a shadow root with the launcher at once, and the panel when it is needed.

import { add, button, change, doc, h, holdsFocus, icon, put } from "./dom";
import { createPanel, type Panel } from "./panel";
import { dress } from "./sheet";
import { fromRight } from "./texts";
import type { View } from "./view";

export interface Ui {
  host: HTMLElement;
  /** The panel, once there is a visit to show. */
  panel: Panel | null;
  draw(unread: number): void;
  /** Show the panel, or only the launcher. */
  show(open: boolean, focus?: boolean): void;
  destroy(): void;
}

export const TAG = "deskhand-chat";
/** `toggle` is the launcher's click. */
export function createUi(view: View, place: Element | null | undefined, floats: boolean, toggle: () => void): Ui {
  const { say, locale } = view;
  const host = place?.localName === TAG ? (place as HTMLElement) : h(TAG);
  const shadow = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  dress(shadow);
  const launcher = button("launcher", toggle, icon("chat"));
  const root = h(
    "div.root",
    { lang: locale, dir: fromRight(locale) ? "rtl" : "ltr", "data-mode": view.mode },
    floats && launcher,
  );
  shadow.replaceChildren(root);
  if (host !== place) (place ?? doc.body ?? doc.documentElement).append(host);

  // what a phone's keyboard leaves of the screen
  const { visualViewport } = window;
  const seen = () => host.style.setProperty("--_seen", `${visualViewport?.height}px`);
  const measure = () => ui.panel?.keepEnd(seen);
  visualViewport?.addEventListener("resize", measure, { signal: view.signal });

  let open = false;
  let unread = 0;
  function draw() {
    const { color = "", position } = view.state.settings;
    if (CSS.supports("color", color)) host.style.setProperty("--_color", color);
    change(root, { "data-theme": view.theme, "data-side": view.side ?? position });
    const words = say(open ? "close" : "open") + (unread ? ` (${unread})` : "");
    change(launcher, { "aria-label": words, "aria-expanded": `${open}` });
    put(launcher, icon(open ? "down" : "chat"), unread && h("span.badge", unread));
    if (open) ui.panel?.draw();
  }

  const ui: Ui = {
    host,
    panel: null,
    draw(count) {
      unread = count;
      draw();
    },
    show(wanted, focus) {
      open = wanted;
      if (open && !ui.panel) {
        ui.panel = createPanel(view, floats);
        add(root, ui.panel.node);
      }
      const { panel } = ui;
      if (!panel) return;
      const { node } = panel;
      const held = holdsFocus(node);
      // on a phone it is all there is; elsewhere it stands beside the page
      if (!open) (node as HTMLDialogElement).close();
      else if (floats && view.fills()) (node as HTMLDialogElement).showModal();
      else change(node, { open });
      draw();
      if (open) panel.toEnd();
      if (focus && open) panel.focus();
      else if (held) launcher.focus();
    },
    destroy() {
      if (host === place) shadow.replaceChildren();
      else host.remove();
    },
  };
  change(launcher, { "aria-label": say("open"), "aria-expanded": "false" });
  return ui;
}

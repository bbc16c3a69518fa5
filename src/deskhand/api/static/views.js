// Which part of the page is in front: the switch (small screens) and the tabs behind the scenes.

import { byId } from "./dom.js";

/** Bring `chat`, `behind` or `approvals` to the front where not all fit beside each other. */
export function showView(view) {
  byId("desk").dataset.view = view;
  for (const one of document.querySelectorAll(".views button")) {
    one.setAttribute("aria-pressed", one.dataset.view === view);
  }
}

/** Make the switch and the tabs work; `onTab(name)` hears which panel was opened. */
export function setUpViews(onTab) {
  for (const one of document.querySelectorAll(".views button")) {
    one.addEventListener("click", () => showView(one.dataset.view));
  }
  const tabs = [...document.querySelectorAll("[role=tab]")];
  const open = (tab) => {
    for (const one of tabs) {
      one.setAttribute("aria-selected", one === tab);
      one.tabIndex = one === tab ? 0 : -1;
      byId(one.getAttribute("aria-controls")).hidden = one !== tab;
    }
    onTab(tab.getAttribute("aria-controls"));
  };
  for (const tab of tabs) {
    tab.addEventListener("click", () => open(tab));
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
      next.focus();
      open(next);
    });
  }
}

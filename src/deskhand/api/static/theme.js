// Light or dark: the system's preference until somebody chooses.

import { byId } from "./dom.js";
import { drawIcon } from "./icons.js";

const STORED = "deskhand.theme";
const dark = matchMedia("(prefers-color-scheme: dark)");

/** Make the toggle in the header work. */
export function setUpTheme() {
  const toggle = byId("theme");
  const show = () => {
    const label = `Use the ${current() === "dark" ? "light" : "dark"} theme`;
    toggle.title = label;
    toggle.querySelector(".unseen").textContent = label;
    drawIcon(toggle.querySelector("svg"), current() === "dark" ? "sun" : "moon");
  };
  toggle.addEventListener("click", () => {
    choose(current() === "dark" ? "light" : "dark");
    show();
  });
  dark.addEventListener("change", show);
  show();
}

const current = () => document.documentElement.dataset.theme ?? (dark.matches ? "dark" : "light");

function choose(theme) {
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem(STORED, theme);
  } catch {
    // Without storage the choice lasts until the next reload.
  }
}

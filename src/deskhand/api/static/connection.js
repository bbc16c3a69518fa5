// The banner while the server is away, and coming back by itself.

import { byId, h } from "./dom.js";
import { icon } from "./icons.js";
import { phrase } from "./phrases.js";

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 8000;

/** Show when the server is away, keep asking for it, and call `onBack` once it answers again. */
export function watchConnection(client, onBack) {
  const banner = byId("banner");
  client.addEventListener("away", async () => {
    show(banner);
    let wait = FIRST_WAIT;
    do {
      await new Promise((resolve) => setTimeout(resolve, wait));
      wait = Math.min(wait * 1.5, LONGEST_WAIT);
    } while (!(await client.isThere()));
  });
  client.addEventListener("back", () => {
    banner.hidden = true;
    banner.replaceChildren();
    onBack();
  });
}

function show(banner) {
  banner.replaceChildren(icon("warning"), h("span", {}, phrase("away")));
  banner.hidden = false;
}

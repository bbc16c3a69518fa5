// Copy buttons.

import { announce, button } from "./dom.js";

/** A button that copies a text, and says so in its place. */
export function copyButton(label, text) {
  const shown = button(label, { icon: "copy", kind: "small plain" });
  shown.addEventListener("click", async () => {
    const copied = await copy(text);
    shown.lastChild.textContent = copied ? "Copied" : "Copying failed";
    announce(shown.lastChild.textContent);
    setTimeout(() => (shown.lastChild.textContent = label), 1600);
  });
  return shown;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyTheOldWay(text); // the clipboard's interface exists only on https and loopback
  }
}

function copyTheOldWay(text) {
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "unseen";
  document.body.append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  return copied;
}

// Where the customer writes: grows with the text, keeps it over a reload, sends with Enter, takes files.

import { change, h, icon, iconButton, put } from "./dom";
import { createFiles } from "./files";
import { min, now } from "./natives";
import { save, tabStorage } from "./shelf";
import type { View } from "./view";

const LONGEST = 10_000;
const TELL_TYPING = 4000;
const TALLEST = 144;
export const DRAFT = "deskhand:draft";

export interface Composer {
  node: HTMLElement;
  draw(): void;
  focus(): void;
}

export function createComposer(view: View, sent: () => void): Composer {
  const { say } = view;
  let told = 0;
  const files = createFiles(view, look);
  const field = h("textarea", {
    rows: 1,
    "aria-label": say("write"),
    placeholder: `${say("write")} …`,
    oninput: typed,
    onkeydown: (event: KeyboardEvent) =>
      event.key === "Enter" && !event.shiftKey && !event.isComposing && submit(event),
    onpaste: (event: ClipboardEvent) => files.add(event.clipboardData?.files),
  });
  const picker = h("input", { type: "file", multiple: true, hidden: true, onchange: () => files.add(picker.files) });
  const clip = iconButton("plain", "clip", say("attach"), () => {
    picker.value = "";
    picker.click();
  });
  const go = h("button.go", { type: "submit", "aria-label": say("send") }, icon("send"));
  const problem = h("p.wrong", { role: "alert" });
  const node = h(
    "form.composer",
    { onsubmit: submit, ondragover: dropped, ondrop: dropped },
    problem,
    files.node,
    h("div.write", clip, picker, field, go),
  );

  const tooLong = () => field.value.length > LONGEST;

  function look() {
    put(problem, tooLong() && say("longer", { count: LONGEST }));
    change(go, { "aria-disabled": tooLong() || !(field.value.trim() || files.node.firstChild) ? "true" : null });
    field.style.height = "0";
    field.style.height = `${min(field.scrollHeight, TALLEST)}px`;
  }

  function typed() {
    save(tabStorage, DRAFT, field.value);
    look();
    const { standing, conversation } = view.state;
    if (standing?.mode !== "member" || now() - told < TELL_TYPING) return;
    told = now();
    view.link.call("POST", `conversations/${conversation}/typing`, {}).catch(() => {});
  }

  function submit(event: Event) {
    event.preventDefault();
    const text = field.value.trim();
    const attachments = !tooLong() && files.take();
    if (!attachments || !(text || attachments[0])) return;
    view.visit.send("messages", { text, attachments: attachments[0] && attachments });
    field.value = "";
    save(tabStorage, DRAFT, "");
    look();
    sent();
  }

  function dropped(event: DragEvent) {
    event.preventDefault();
    if (event.type === "drop") files.add(event.dataTransfer?.files);
  }

  field.value = tabStorage?.getItem(DRAFT) ?? "";
  return {
    node,
    draw() {
      clip.hidden = !view.state.settings.attachments?.allowed;
      look();
    },
    focus: () => field.focus({ preventScroll: true }),
  };
}

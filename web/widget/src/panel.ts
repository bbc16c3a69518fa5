// The panel: who one talks to, the conversation, and where one writes.

import { createComposer } from "./composer";
import { button, change, h, holdsFocus, iconButton, put } from "./dom";
import { download } from "./files";
import { createLog } from "./log";
import { clearTimeout, join, map, setTimeout, type Timer } from "./natives";
import { openQuestion } from "./questions";
import { face, type View } from "./view";
import { createWelcome } from "./welcome";

export interface Panel {
  node: HTMLElement;
  draw(): void;
  focus(): void;
  note(text: string): void;
  /** Change something without losing sight of the newest message. */
  keepEnd(act: () => void): void;
  toEnd(): void;
}

const TELLING = 6000;

/** `floats`: it can be closed, and fills a phone's screen. */
export function createPanel(view: View, floats: boolean): Panel {
  const { say } = view;
  const title = h("h2", { id: "title" });
  const status = h("p.status", { role: "status" });
  const head = h("span");
  const list = h("div.menu", { id: "menu", popover: "auto", onbeforetoggle: fillMenu });
  const dots = iconButton("plain", "dots", say("menu"), () => {});
  const banner = h("p.banner", { role: "status" });
  const told = h("p.told", { role: "status" });
  const welcome = createWelcome(view);
  const log = createLog(view, welcome.node);
  const composer = createComposer(view, log.toEnd);
  const node = h(
    floats ? "dialog.panel" : "section.panel",
    { id: "panel", "aria-labelledby": "title", onkeydown: pressed },
    h(
      "header",
      head,
      h("div.who", title, status),
      dots,
      floats && iconButton("plain", "close", say("close"), view.close),
      list,
    ),
    banner,
    log.node,
    told,
    composer.node,
  );
  let telling: Timer;
  change(dots, { popovertarget: "menu" });

  function fillMenu({ newState }: ToggleEvent) {
    // in a shadow root the browser gives the focus back to nobody
    if (newState !== "open") return holdsFocus(list) && dots.focus();
    const { visit, state } = view;
    const { entries, standing, conversation } = state;
    const entry = (words: string, press: () => unknown) =>
      button(
        "",
        () => {
          list.hidePopover();
          press();
        },
        words,
      );
    const { sound } = visit.memory();
    const ring = entry(say("sound"), () => visit.remember({ sound: !sound }));
    change(ring, { "aria-pressed": `${!!sound}` });
    put(
      list,
      view.menu(entry),
      (standing?.busy || standing?.thinking || openQuestion(entries, standing)) &&
        entry(say("stop"), () => visit.send("cancel", {})),
      entries[0] && [
        entry(say("transcript"), () => download(view, "transcript", `${conversation}.txt`)),
        entry(say("fresh"), visit.renew),
      ],
      ring,
    );
    change(list.firstElementChild as Element, { autofocus: true });
  }

  function pressed(event: KeyboardEvent) {
    if (event.key !== "Escape") return;
    if (list.matches(":popover-open")) return; // it closes by itself
    event.preventDefault(); // as on a phone the dialog would
    view.close();
  }

  function statusWords(): string {
    const { standing, typing, settings } = view.state;
    if (typing[0])
      return say(
        "typing",
        join(
          map(typing, one => one || say("colleague")),
          ", ",
        ),
      );
    const { mode, member } = standing ?? {};
    if (mode === "member") return member ? say("here", member) : say("coming", say("colleague"));
    const { name } = settings.agent ?? {};
    return (name !== settings.title && name) || say("agent");
  }

  /** Only where it is another text: what stays is not read out again. */
  const tell = (place: Element, text: string) => {
    if (place.textContent !== text) put(place, text);
  };

  return {
    node,
    draw() {
      const { settings, standing, away } = view.state;
      tell(title, settings.title || settings.agent?.name || say("agent"));
      tell(status, statusWords());
      put(head, face(standing?.member || settings.agent?.name || "?"));
      const trouble = view.trouble
        ? say(view.trouble)
        : away
          ? `${say(navigator.onLine ? "unreachable" : "offline")} ${say("kept")}`
          : "";
      tell(banner, trouble);
      banner.hidden = !trouble;
      composer.node.hidden = !!view.trouble;
      dots.hidden = !settings.menu; // until then nobody knows what it holds
      welcome.draw();
      log.draw();
      composer.draw();
    },
    focus: composer.focus,
    keepEnd: log.keepEnd,
    toEnd: log.toEnd,
    note(text) {
      put(told, text);
      clearTimeout(telling);
      telling = setTimeout(put, TELLING, told);
    },
  };
}

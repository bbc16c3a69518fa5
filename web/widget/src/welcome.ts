// What stands before the first message: the greeting, what one may ask or do, and the lead form.

import { h, put } from "./dom";
import { act, createForm } from "./fields";
import { json, map } from "./natives";
import type { View } from "./view";

export interface Welcome {
  node: Element;
  draw(): void;
}

export function createWelcome(view: View): Welcome {
  const { say } = view;
  const node = h("div.welcome");
  let before = "";

  function leadForm() {
    const { text, fields } = view.state.settings.lead_form ?? { fields: [] };
    const words = text || say("lead");
    const types: Record<string, string> = { email: "email", phone: "phone", message: "json" };
    const all = map(fields, ({ name, required }) => ({
      name,
      required,
      label: say(name),
      type: types[name] ?? "text",
    }));
    const done = () => {
      view.visit.remember({ lead: true });
      view.redraw();
    };
    const send = async (values: Record<string, string>) => {
      const why = await view.visit.send("lead", values);
      if (!why) {
        done();
        view.note(say("thanks"));
      }
      return why;
    };
    const { node } = createForm("lead", say, words, say("send"), all, {}, send, act(say("later"), done));
    node.prepend(h("p", words));
    return node;
  }

  return {
    node,
    draw() {
      const { state, visit } = view;
      const { settings, entries, items } = state;
      const { greeting, suggestions = [], lead_form: lead } = settings;
      const begun = !!(entries[0] || items[0]);
      const now = json([settings, begun, visit.memory().lead]);
      if (now === before) return;
      before = now;
      put(
        node,
        h("p.greeting", greeting || say("greeting")),
        !begun &&
          h(
            "div.acts chips",
            map(suggestions, text => act(text, () => visit.send("messages", { text }))),
            view.menu(act),
          ),
        lead && !visit.memory().lead && leadForm(),
      );
    },
  };
}

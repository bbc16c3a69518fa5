// What a model was asked and answered, and what that took: one line, and the whole of it behind a disclosure.

import { part } from "./acts.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { duration } from "./time.js";
import { dollars, pretty, readable } from "./words.js";

const PURPOSE = { understand: "Read by", phrase: "Worded by", embed: "Compared by", test: "Tried" };

/** The element for a `model` entry. */
export function modelCard({ seq, body }) {
  const { purpose, name, model, problem, dropped = [], prompt = [], answer } = body;
  return h(
    "details",
    { class: "act model", "data-key": `model-${seq}` },
    h(
      "summary",
      { "data-key": `model-summary-${seq}` },
      icon("spark"),
      h(
        "span",
        { class: "act-line" },
        h("span", { class: "model-name" }, `${PURPOSE[purpose] ?? readable(purpose)} ${name || model}`),
        problem && h("span", { class: "pill bad" }, "Not used"),
        h("span", { class: "calm-text" }, took(body)),
      ),
    ),
    h(
      "div",
      { class: "act-details" },
      problem && h("p", { class: "problem" }, problem),
      dropped.length > 0 && h("ul", { class: "dropped" }, dropped.map((one) => h("li", {}, `Left out: ${one}`))),
      prompt.map(({ role, text }) => part(role === "system" ? "Instructions" : "Prompt", pretty(text))),
      answer && part("Answer", pretty(answer)),
    ),
  );
}

/** Tokens, cost and time: `812 tokens, $0.0003, 1.2 s`. */
function took({ input_tokens: asked, output_tokens: answered, estimated, cost, milliseconds }) {
  const count = asked + answered;
  const tokens = count ? `${estimated ? "about " : ""}${count.toLocaleString("en")} tokens` : "";
  return [tokens, cost ? dollars(cost / 1_000_000) : "", duration(milliseconds)].filter(Boolean).join(", ");
}

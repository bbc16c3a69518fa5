// One field of a form: its label, a control that fits its type, and beside it what is wrong with it.

import { h } from "./dom.js";
import { phrase } from "./phrases.js";
import { readable } from "./words.js";

/** Numbers stay text: people write `1.000,50`, and the server reads it. */
const CONTROLS = {
  email: { type: "email", autocomplete: "email" },
  phone: { type: "tel", autocomplete: "tel" },
  date: { type: "date" },
  integer: { type: "text", inputmode: "numeric" },
  number: { type: "text", inputmode: "decimal" },
  float: { type: "text", inputmode: "decimal" },
};
const YES_OR_NO = [["true", phrase("yes")], ["false", phrase("no")]];
const MOST_RADIOS = 5;
const LONG_TEXT = 200;

/** What can be chosen in a field, as pairs of value and label; none where it is written. */
const optionsOf = ({ type, choices = [] }) =>
  type === "boolean" && !choices.length ? YES_OR_NO : choices.map((choice) => [choice, choice]);

/** What stands beside a field; where nobody wrote a label the server gives its name. */
export const labelOf = ({ name, label }) => (label === name.replaceAll("_", " ") ? readable(name) : label);

/** How a field's value reads to people. */
export function valueInWords(field, value) {
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  return optionsOf(field ?? {}).find(([one]) => one === text.toLowerCase())?.[1] ?? text;
}

/** A field of a `show_form` entry; `id` is the page's name for it. */
export class FormField {
  #field;
  #controls;
  #marked;
  #problem;

  constructor(field, id, value = field.value ?? "") {
    this.#field = field;
    this.#problem = h("p", { class: "problem", id: `${id}-problem` });
    const options = optionsOf(field);
    const asRadios = options.length > 0 && options.length <= MOST_RADIOS;
    this.element = asRadios ? this.#radios(options, id, value) : this.#labelled(options, id, value);
    this.#marked.setAttribute("aria-describedby", `${id}-problem`);
    if (field.required) this.#marked.setAttribute("aria-required", "true");
  }

  get name() {
    return this.#field.name;
  }

  get isSensitive() {
    return Boolean(this.#field.sensitive);
  }

  get value() {
    const [first] = this.#controls;
    return first.type === "radio" ? (this.#controls.find((one) => one.checked)?.value ?? "") : first.value;
  }

  /** Whether it has to be filled in and isn't; where there is a default, an empty field means that. */
  get isMissing() {
    return this.#field.required && this.#field.value === undefined && !this.value.trim();
  }

  get hasProblem() {
    return this.#problem.textContent !== "";
  }

  tell(sentence) {
    this.#problem.textContent = sentence;
    this.#marked.setAttribute("aria-invalid", Boolean(sentence));
  }

  focus() {
    (this.#controls.find((one) => one.checked) ?? this.#controls[0]).focus();
  }

  #radios(options, id, value) {
    const chosen = (one) => one.toLowerCase() === String(value).toLowerCase();
    const radio = ([one], at) => h("input", { type: "radio", id: `${id}-${at}`, name: id, value: one, checked: chosen(one) });
    this.#controls = options.map(radio);
    this.#marked = h(
      "fieldset",
      { class: "field", role: "radiogroup" },
      h("legend", { dir: "auto" }, this.#label()),
      this.#controls.map((one, at) => h("label", { class: "option", for: one.id }, one, h("span", { dir: "auto" }, options[at][1]))),
      this.#problem,
    );
    return this.#marked;
  }

  #labelled(options, id, value) {
    const control = options.length ? select(options, id) : this.#written(id);
    control.value = value;
    this.#controls = [control];
    this.#marked = control;
    return h("div", { class: "field" }, h("label", { for: id, dir: "auto" }, this.#label()), control, this.#problem);
  }

  #written(id) {
    const { type, sensitive, placeholder, max_length: longest } = this.#field;
    const all = { id, name: id, placeholder: placeholder || null, dir: "auto" };
    if (sensitive) return h("input", { ...all, type: "password", autocomplete: "off", spellcheck: "false" });
    if (type === "json" || longest >= LONG_TEXT) return h("textarea", { ...all, rows: "3" });
    return h("input", { ...all, ...(CONTROLS[type] ?? { type: "text" }) });
  }

  #label() {
    return [labelOf(this.#field), !this.#field.required && h("span", { class: "calm-text" }, ` ${phrase("optional")}`)];
  }
}

const select = (options, id) =>
  h(
    "select",
    { id, name: id },
    h("option", { value: "" }, phrase("choose")),
    options.map(([value, label]) => h("option", { value }, label)),
  );

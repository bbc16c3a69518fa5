// Forms: fields with the control that fits their type, and beside each what is wrong with it.

import { button, change, h, put } from "./dom";
import { each, filter, find, map, some, stringify } from "./natives";
import type { Say } from "./texts";
import type { Field } from "./types";

type Values = Record<string, string>;

export interface Form {
  node: HTMLElement;
  /** Say what is wrong, by field. */
  tell(errors: Values): void;
  values(): Values;
}

type Shape = [looks: RegExp, example: string, control: Values];
// numbers stay text: people write `1.000,50`, and the service reads it
const NUMBER: Shape = [/^[+-]?\d[\d .,'\u00a0\u202f]*$/, "42", { inputmode: "decimal" }];
/** What values of a type look like, with an example, and the control for them. */
const SHAPES: Record<string, Shape> = {
  email: [/^[^\s@]+@[^\s@]+\.[^\s@]+$/, "name@example.com", { type: "email", autocomplete: "email" }],
  phone: [/^\+?(?:[^\d+]*\d){5,20}\D*$/, "+44 20 7946 0000", { type: "tel", autocomplete: "tel" }],
  date: [/^\d{4}-/, "2026-03-31", { type: "date" }],
  integer: NUMBER,
  number: NUMBER,
  float: NUMBER,
};
/** What browsers can fill in, by a field's name. */
const KNOWN: Values = { name: "name", first_name: "given-name", last_name: "family-name", company: "organization" };
const MOST_RADIOS = 5;
const LONG = 200;

/** What can be chosen in a field, as pairs of value and label. */
const optionsOf = ({ type, choices = [] }: Field, say: Say) =>
  type === "boolean" && !choices[0]
    ? ([
        ["true", say("yes")],
        ["false", say("no")],
      ] as const)
    : map(choices, one => [one, one] as const);

/** How a field's value reads to people. */
export function inWords(field: Field | undefined, value: unknown, say: Say): string {
  const text = typeof value === "object" ? stringify(value) : `${value}`;
  return find(field ? optionsOf(field, say) : [], ([one]) => one === text.toLowerCase())?.[1] ?? text;
}

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

function createField(field: Field, form: string, say: Say, draft?: string) {
  const { name, type, required, sensitive, max_length: longest } = field;
  const id = `${form}-${name}`;
  const given = draft ?? field.value ?? "";
  const problem = h("p.wrong", { id: `${id}-p` });
  const about = { "aria-describedby": problem.id, "aria-required": required && "true" };
  const [shape, example = "", control] = SHAPES[type] ?? [];
  const options = optionsOf(field, say);
  const radios = options.length <= MOST_RADIOS;
  const marks = { ...about, id, placeholder: field.placeholder || null };
  const controls: Control[] = !options[0]
    ? [
        type === "json" || (longest ?? 0) >= LONG
          ? h("textarea", { ...marks, rows: 3 })
          : h("input", {
              autocomplete: KNOWN[name],
              ...control,
              ...(sensitive && { type: "password", autocomplete: "off" }),
              ...marks,
            }),
      ]
    : radios
      ? map(options, ([value]) => h("input", { type: "radio", name: id, value, checked: value === given }))
      : [
          h(
            "select",
            marks,
            map([["", say("choose")], ...options], ([value, words]) => h("option", { value }, words)),
          ),
        ];
  const [first] = controls as [Control];
  const several = options[0] && radios;
  const label = [field.label, !required && h("span.calm", ` ${say("optional")}`)];
  const node = several
    ? h(
        "div.field",
        { ...about, role: "radiogroup", "aria-label": field.label },
        h("p", label),
        map(controls, (one, at) => h("label.option", one, options[at]?.[1])),
        problem,
      )
    : h("div.field", h("label", { for: id }, label), first, problem);
  if (!several) first.value = given;
  const chosen = () => (several ? find(controls, one => (one as HTMLInputElement).checked) : first);
  const tell = (text = "") => {
    put(problem, text);
    change(several ? node : first, { "aria-invalid": !!text && "true" });
  };
  const value = () => chosen()?.value ?? "";
  const wrong = () => {
    const text = value().trim();
    if (!text && !first.validity.badInput) return required && field.value == null ? say("fill") : "";
    if (longest && text.length > longest) return say("longer", { count: longest });
    return !options[0] && shape && !shape.test(text) ? say("bad", example) : "";
  };
  change(node, { oninput: () => tell() });
  return { name, node, value, tell, wrong, focus: () => (chosen() ?? first).focus() };
}

/** A form; `id` begins its fields' names, `send` gives what went wrong, `more` stands beside its button. */
export function createForm(
  id: string,
  say: Say,
  label: string,
  submit: string,
  fields: Field[],
  drafts: Values,
  send: (values: Values, secret: boolean) => Promise<string>,
  ...more: Element[]
): Form {
  const all = map(fields, one => createField(one, id, say, drafts[one.name]));
  const problem = h("p.wrong", { role: "alert" });
  const go = h("button.main", { type: "submit" }, submit);
  const values = () => Object.fromEntries(map(all, one => [one.name, one.value()]));
  let busy = false;
  const onsubmit = async (event: Event) => {
    event.preventDefault();
    const bad = filter(all, one => {
      const text = one.wrong();
      one.tell(text);
      return text;
    });
    bad[0]?.focus();
    if (busy || bad[0]) return;
    busy = true;
    change(go, { "aria-disabled": "true" }); // `disabled` would lose the keyboard's place
    put(problem);
    put(
      problem,
      await send(
        values(),
        some(fields, one => one.sensitive),
      ),
    );
    busy = false;
    change(go, { "aria-disabled": null });
  };
  return {
    node: h(
      "form.box",
      { novalidate: true, "aria-label": label, onsubmit },
      map(all, one => one.node),
      problem,
      h("div.acts", go, more),
    ),
    tell: errors => each(all, one => one.tell(errors[one.name])),
    values,
  };
}

/** A button like the others of a form. */
export const act = (words: string, press: () => unknown, kind = "") => button(kind, press, words);

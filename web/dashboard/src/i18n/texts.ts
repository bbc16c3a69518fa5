/**
 * The catalogue of texts: each screen has a file `texts.ts` with all that it says, in every language.
 *
 * A text may hold placeholders, `{name}`. One that counts is `{ one, other }` and is given `count`. What a text needs
 * is part of its type, and a language that misses one does not compile.
 */

export const LANGUAGES = { en: "English", de: "Deutsch" } as const;
export type Language = keyof typeof LANGUAGES;

export type Text = string | { readonly one: string; readonly other: string };
type Catalogue = Readonly<Record<string, Text>>;
type Translated<C extends Catalogue> = {
  readonly [K in keyof C]: C[K] extends string ? string : Exclude<Text, string>;
};
export type Texts<C extends Catalogue = Catalogue> = { readonly en: C; readonly de: Translated<C> };

/** The texts of one screen; English is the measure of what the other languages must have. */
export function texts<const C extends Catalogue>(of: { en: C; de: Translated<C> }): Texts<C> {
  return of;
}

type Names<T> = T extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
type Needed<T extends Text> = T extends { other: infer O } ? Names<O> | "count" : Names<T>;
export type Values<T extends Text> = Readonly<Record<Needed<T>, string | number>>;
type Arguments<T extends Text> = [Needed<T>] extends [never] ? [] : [Values<T>];

/** The keys of texts that need nothing. */
export type PlainKey<C extends Catalogue> = {
  [K in keyof C & string]: [Needed<C[K]>] extends [never] ? K : never;
}[keyof C & string];

export type Say<C extends Catalogue> = <K extends keyof C & string>(key: K, ...values: Arguments<C[K]>) => string;

/** Says the texts of a screen in a language. */
export function speaker<C extends Catalogue>(of: Texts<C>, language: Language): Say<C> {
  const spoken: Catalogue = of[language];
  return (key, ...values) => render(spoken[key] ?? of.en[key] ?? key, language, values[0] ?? {});
}

/** The language as the viewer's region writes it: days before months for a Briton, say. */
export function regional(language: Language): string {
  return navigator.languages?.find(one => one.split("-")[0] === language) ?? language;
}

const rules = new Map<Language, Intl.PluralRules>();
const numbers = new Map<Language, Intl.NumberFormat>();

function render(text: Text, language: Language, values: Readonly<Record<string, string | number>>): string {
  return form(text, language, Number(values.count)).replace(/\{(\w+)\}/g, (all, name: string) => {
    const value = values[name];
    return value === undefined ? all : typeof value === "number" ? numberText(language, value) : value;
  });
}

function form(text: Text, language: Language, count: number): string {
  if (typeof text === "string") return text;
  const rule = rules.get(language) ?? new Intl.PluralRules(language);
  rules.set(language, rule);
  return rule.select(count) === "one" ? text.one : text.other;
}

/** A number as the language writes it. */
export function numberText(language: Language, value: number): string {
  const format = numbers.get(language) ?? new Intl.NumberFormat(regional(language));
  numbers.set(language, format);
  return format.format(value);
}

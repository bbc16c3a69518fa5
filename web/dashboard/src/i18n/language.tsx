/** Which language the dashboard speaks: the member's choice, else the browser's. */

import { createContext, type ReactNode, use, useEffect, useMemo, useState } from "react";
import { LANGUAGES, type Language, type Say, speaker, type Text, type Texts } from "./texts";

const KEPT = "deskhand.language";

interface Spoken {
  readonly language: Language;
  readonly choose: (language: Language) => void;
}

let spoken: Language = first();

/** The language that the dashboard is shown in, for requests that are sent outside of any component. */
export function spokenLanguage(): Language {
  return spoken;
}

const Context = createContext<Spoken>({ language: "en", choose: () => {} });

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(spokenLanguage);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const value = useMemo(
    () => ({
      language,
      choose: (chosen: Language) => {
        keep(chosen);
        spoken = chosen;
        setLanguage(chosen);
      },
    }),
    [language],
  );
  return <Context value={value}>{children}</Context>;
}

/** The language, and how another one is chosen. */
export function useLanguage(): Spoken {
  return use(Context);
}

/** Says the texts of a screen: `const say = useTexts(approvals); say("title")`. */
export function useTexts<C extends Readonly<Record<string, Text>>>(of: Texts<C>): Say<C> {
  const { language } = use(Context);
  return useMemo(() => speaker(of, language), [of, language]);
}

export function isLanguage(value: string): value is Language {
  return value in LANGUAGES;
}

function first(): Language {
  const wanted = [kept(), ...navigator.languages].map(one => one?.slice(0, 2) ?? "");
  return wanted.find(isLanguage) ?? "en";
}

function kept(): string | null {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null; // a browser that keeps nothing
  }
}

function keep(language: Language): void {
  try {
    localStorage.setItem(KEPT, language);
  } catch {
    // a browser that keeps nothing: the choice holds until the page is closed
  }
}

/** Figures in the reader's language. */

import { useLanguage } from "../../i18n/language";
import { type Language, numberText, regional } from "../../i18n/texts";
import { duration } from "../../ui/time";

interface Numbers {
  readonly language: Language;
  readonly number: (value: number) => string;
  /** 0 to 1 as a percentage; a dash for nothing. */
  readonly share: (value: number | null | undefined) => string;
  readonly time: (milliseconds: number | null | undefined) => string;
  /** A day, `2026-03-02`, as the language writes it. */
  readonly day: (day: string, long?: boolean) => string;
}

export function useNumbers(): Numbers {
  const { language } = useLanguage();
  const percent = new Intl.NumberFormat(regional(language), { style: "percent", maximumFractionDigits: 1 });
  return {
    language,
    number: value => numberText(language, value),
    share: value => (value === null || value === undefined ? "–" : percent.format(value)),
    time: value => (value === null || value === undefined ? "–" : duration(value, language)),
    day: (day, long) => {
      const at = new Date(`${day}T12:00`);
      if (Number.isNaN(at.getTime())) return ""; // the chart asks before it has one
      const form: Intl.DateTimeFormatOptions = long ? { dateStyle: "full" } : { day: "numeric", month: "short" };
      return new Intl.DateTimeFormat(regional(language), form).format(at);
    },
  };
}

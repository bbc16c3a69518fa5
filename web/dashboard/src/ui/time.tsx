/** Times in the viewer's zone and language. */

import { Tooltip } from "@mantine/core";
import { useEffect, useState } from "react";
import { useLanguage, useTexts } from "../i18n/language";
import { type Language, regional } from "../i18n/texts";
import { ui } from "./texts";

const UNITS = [
  ["second", 60],
  ["minute", 60],
  ["hour", 24],
  ["day", 7],
  ["week", 4.35],
  ["month", 12],
  ["year", Number.POSITIVE_INFINITY],
] as const;

/** `3 minutes ago`, with the exact time in the viewer's zone on hovering; it counts on by itself. */
export function Ago({ at, short }: { at: string; short?: boolean }) {
  const { language } = useLanguage();
  const say = useTexts(ui);
  const now = useNow(30_000);
  const past = (Date.parse(at) - now) / 1000;
  return (
    <Tooltip label={exact(at, language)}>
      <time dateTime={at} style={{ whiteSpace: "nowrap" }}>
        {Math.abs(past) < 45 ? say("now") : relative(past, language, short)}
      </time>
    </Tooltip>
  );
}

/** The exact time, in the viewer's zone. */
export function At({ at, seconds }: { at: string; seconds?: boolean }) {
  const { language } = useLanguage();
  return <time dateTime={at}>{exact(at, language, seconds)}</time>;
}

/** A moment that goes on: milliseconds since 1970, told anew every so many milliseconds. */
export function useNow(every: number): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}

export function exact(at: string, language: Language, seconds = false): string {
  const timeStyle = seconds ? "medium" : "short";
  return new Intl.DateTimeFormat(regional(language), { dateStyle: "medium", timeStyle }).format(new Date(at));
}

/** Seconds from now (negative: ago) as `in 3 hours`. */
export function relative(seconds: number, language: Language, short = false): string {
  const format = new Intl.RelativeTimeFormat(language, { numeric: "auto", style: short ? "narrow" : "long" });
  let value = seconds;
  for (const [unit, size] of UNITS) {
    if (Math.abs(value) < size) return format.format(Math.round(value), unit);
    value /= size;
  }
  return format.format(Math.round(value), "year");
}

/** `1.2 s`, `350 ms`, `3 min 5 s`, `2 h 10 min`, `4 d`. */
export function duration(milliseconds: number, language: Language): string {
  const digits = new Intl.NumberFormat(regional(language), { maximumFractionDigits: 1 });
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${digits.format(seconds)} s`;
  if (seconds < 3600) return pair(seconds, 60, "min", "s");
  if (seconds < 86_400) return pair(seconds / 60, 60, "h", "min");
  return pair(seconds / 3600, 24, language === "de" ? "T" : "d", "h");
}

function pair(value: number, size: number, large: string, small: string): string {
  const whole = Math.floor(value / size);
  const rest = Math.floor(value % size);
  return rest ? `${whole} ${large} ${rest} ${small}` : `${whole} ${large}`;
}

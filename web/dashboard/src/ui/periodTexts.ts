import { texts } from "../i18n/texts";

export const periodTexts = texts({
  en: {
    period: "Period",
    any: "Any time",
    days7: "Last 7 days",
    days30: "Last 30 days",
    days90: "Last 90 days",
    month: "This month",
    lastMonth: "Last month",
    custom: "From … to …",
    from: "From",
    to: "To",
  },
  de: {
    period: "Zeitraum",
    any: "Jederzeit",
    days7: "Letzte 7 Tage",
    days30: "Letzte 30 Tage",
    days90: "Letzte 90 Tage",
    month: "Dieser Monat",
    lastMonth: "Letzter Monat",
    custom: "Von … bis …",
    from: "Von",
    to: "Bis",
  },
});

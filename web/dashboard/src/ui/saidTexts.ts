import { texts } from "../i18n/texts";

export const said = texts({
  en: {
    add: "Add language",
    addTo: "Add language: {label}",
    version: "{label} ({language})",
    remove: "Remove {language}: {label}",
  },
  de: {
    add: "Sprache hinzufügen",
    addTo: "Sprache hinzufügen: {label}",
    version: "{label} ({language})",
    remove: "{language} entfernen: {label}",
  },
});

import { texts } from "../../i18n/texts";

export const trying = texts({
  en: {
    customer: "Customer",
    nobody: "Nobody",
    stored: "A contact",
    typed: "Somebody else",
    nobodyHint: "Nothing is known of the customer.",
    contact: "Contact",
    search: "Search by name or e-mail",
    none: "No contact of that name",
    email: "E-mail",
    firstName: "First name",
    lastName: "Last name",
    agent: "Agent",
    language: "Language",
  },
  de: {
    customer: "Kunde",
    nobody: "Niemand",
    stored: "Ein Kontakt",
    typed: "Jemand anderes",
    nobodyHint: "Über den Kunden ist nichts bekannt.",
    contact: "Kontakt",
    search: "Nach Name oder E-Mail suchen",
    none: "Kein Kontakt mit diesem Namen",
    email: "E-Mail",
    firstName: "Vorname",
    lastName: "Nachname",
    agent: "Agent",
    language: "Sprache",
  },
});

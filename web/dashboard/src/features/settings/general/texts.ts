import { texts } from "../../../i18n/texts";

export const general = texts({
  en: {
    title: "General",
    lead: "What the workspace is called, and what holds for customers of whom nothing else is known.",
    name: "Name of the workspace",
    language: "Language of conversations",
    languageHint:
      "Used where a channel or website does not say which language the customer speaks. Invitations are written in it too.",
    zone: "Time zone",
    zoneHint: "Where “tomorrow” begins, for customers whose contact and region tell no zone. It is {time} there now.",
    noZone: "No such time zone",
    save: "Save",
    saved: "Saved.",
    hosts: "Internal hosts",
    hostsLead:
      "Calls reach the public Internet only. Hosts of your own network are out of reach until you open them here, so that nobody can be talked into calling them.",
    hostsLabel: "Hosts that actions and connections may reach",
    hostsHint:
      "A host, a host with its port, or a network: crm.internal, 10.0.0.5:8080, 10.1.0.0/16. Press Enter after each.",
    noHosts: "None: only the public Internet can be reached.",
    readOnly: "Owners and admins change this.",
  },
  de: {
    title: "Allgemein",
    lead: "Wie der Arbeitsbereich heißt, und was für Kunden gilt, von denen sonst nichts bekannt ist.",
    name: "Name des Arbeitsbereichs",
    language: "Sprache der Gespräche",
    languageHint:
      "Gilt, wo Kanal oder Website nicht sagen, welche Sprache der Kunde spricht. Auch Einladungen werden so geschrieben.",
    zone: "Zeitzone",
    zoneHint: "Wo „morgen“ beginnt, wenn weder Kontakt noch Region eine Zone nennen. Dort ist es jetzt {time}.",
    noZone: "Keine solche Zeitzone",
    save: "Speichern",
    saved: "Gespeichert.",
    hosts: "Interne Hosts",
    hostsLead:
      "Aufrufe erreichen nur das öffentliche Internet. Hosts Ihres eigenen Netzes sind unerreichbar, bis Sie sie hier öffnen; so kann niemand dazu überredet werden, sie aufzurufen.",
    hostsLabel: "Hosts, die Aktionen und Verbindungen erreichen dürfen",
    hostsHint:
      "Ein Host, ein Host mit Port oder ein Netz: crm.internal, 10.0.0.5:8080, 10.1.0.0/16. Nach jedem die Eingabetaste.",
    noHosts: "Keine: Nur das öffentliche Internet ist erreichbar.",
    readOnly: "Inhaber und Admins ändern das.",
  },
});

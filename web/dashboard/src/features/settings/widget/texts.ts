import { texts } from "../../../i18n/texts";

export const widget = texts({
  en: {
    title: "Widget",
    lead: "What the chat may do on your pages, whatever the agent. How it looks is set for each agent.",
    scripts: "Scripts run in customers' pages",
    scriptsHint:
      "Procedures and actions may run JavaScript in the page in which the customer clicked. Switched off, none runs anywhere.",
    scriptsOff: "All scripts are stopped. Steps and actions that need one fail, and members see why.",
    stopTitle: "Stop all scripts at once?",
    stop: "Stop all scripts",
    stopText: "For all agents, and in conversations that are going on:",
    stopSent: "No script is sent to a page any more, and open pages start none.",
    stopServed: "The scripts' files can no longer be fetched.",
    stopSteps: "Steps and actions that need one fail, with an entry for members that says why.",
    stopLeft: "What a page runs at this very moment runs to its end. Everything else of the chat goes on.",
    attachments: "Customers may send files",
    attachmentsHint:
      "Pictures, PDF, text and CSV, each up to 10 MiB; members can then attach them to replies as well. They are not checked for viruses: have a scanner where members open them.",
    identity: "Identity secret",
    identityLead:
      "With it, your own server proves to the chat who its customers are. Whoever has it can pose as any customer: it belongs on your server, and never into a page.",
    isSet: "set",
    notSet: "not set",
    made: "Made",
    make: "Make the secret",
    replace: "Replace the secret",
    replaceTitle: "Replace the identity secret?",
    replaceText:
      "You get a new one, shown this once. The one that is set now stays good for a day, so that your servers can change over one after the other.",
    replaceAgain: "The one before that is still good now, too. It ends at once.",
    previousUntil: "The secret before it is good until {time}.",
    once: "This is the only time that it is shown. Keep it on your server, where no customer can read it.",
    copySecret: "Copy the secret",
    done: "Done",
    readOnly: "Owners and admins change this.",
    signing: "Sign user tokens",
    signingLead:
      "For each page that a signed-in customer opens, your server signs a token like this. The widget sends it along, and asks your page for a fresh one in time.",
    language: "Programming language",
    copyCode: "Copy the code",
  },
  de: {
    title: "Widget",
    lead: "Was der Chat auf Ihren Seiten darf, bei jedem Agenten. Wie er aussieht, steht beim jeweiligen Agenten.",
    scripts: "Skripte laufen auf den Seiten der Kunden",
    scriptsHint:
      "Abläufe und Aktionen dürfen JavaScript auf der Seite ausführen, auf der der Kunde geklickt hat. Ausgeschaltet läuft nirgends eines.",
    scriptsOff:
      "Alle Skripte sind angehalten. Schritte und Aktionen, die eines brauchen, schlagen fehl, und Mitglieder sehen, warum.",
    stopTitle: "Alle Skripte sofort anhalten?",
    stop: "Alle Skripte anhalten",
    stopText: "Bei allen Agenten und auch in laufenden Gesprächen:",
    stopSent: "Kein Skript geht mehr an eine Seite, und offene Seiten starten keines.",
    stopServed: "Die Dateien der Skripte sind nicht mehr abrufbar.",
    stopSteps: "Schritte und Aktionen, die eines brauchen, schlagen fehl; ein Eintrag sagt Mitgliedern, warum.",
    stopLeft: "Was eine Seite gerade in diesem Augenblick ausführt, läuft zu Ende. Alles andere am Chat geht weiter.",
    attachments: "Kunden dürfen Dateien senden",
    attachmentsHint:
      "Bilder, PDF, Text und CSV, je bis 10 MiB; Mitglieder können dann auch Antworten welche anhängen. Sie werden nicht auf Viren geprüft: Sorgen Sie für einen Scanner, wo Mitglieder sie öffnen.",
    identity: "Identitätsgeheimnis",
    identityLead:
      "Damit weist Ihr eigener Server dem Chat nach, wer seine Kunden sind. Wer es hat, kann sich als jeder Kunde ausgeben: Es gehört auf Ihren Server und nie in eine Seite.",
    isSet: "gesetzt",
    notSet: "nicht gesetzt",
    made: "Angelegt",
    make: "Geheimnis anlegen",
    replace: "Geheimnis ersetzen",
    replaceTitle: "Das Identitätsgeheimnis ersetzen?",
    replaceText:
      "Sie bekommen ein neues, das nur dieses eine Mal gezeigt wird. Das jetzige gilt noch einen Tag, damit Ihre Server nacheinander umsteigen können.",
    replaceAgain: "Auch das davor gilt jetzt noch. Es endet sofort.",
    previousUntil: "Das Geheimnis davor gilt noch bis {time}.",
    once: "Nur dieses eine Mal wird es gezeigt. Bewahren Sie es auf Ihrem Server auf, wo kein Kunde es lesen kann.",
    copySecret: "Geheimnis kopieren",
    done: "Fertig",
    readOnly: "Inhaber und Admins ändern das.",
    signing: "User-Token signieren",
    signingLead:
      "Für jede Seite, die ein angemeldeter Kunde öffnet, signiert Ihr Server ein solches Token. Das Widget schickt es mit und fragt Ihre Seite rechtzeitig nach einem frischen.",
    language: "Programmiersprache",
    copyCode: "Code kopieren",
  },
});

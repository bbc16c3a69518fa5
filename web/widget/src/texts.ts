// Everything that the widget itself says, in English | German: one text for both is shorter to send. A page may bring other languages as JSON with these keys.

export const TEXTS = {
  open: "Open chat|Chat öffnen",
  close: "Close chat|Chat schließen",
  greeting: "Hello! How can we help you?|Guten Tag! Wie können wir Ihnen helfen?",
  messages: "Messages|Nachrichten",
  earlier: "Show earlier messages|Frühere Nachrichten zeigen",
  newest: "Newest messages|Neueste Nachrichten",
  you: "You|Sie",
  agent: "AI agent|KI-Agent",
  colleague: "A colleague|Jemand aus dem Team",
  here: "{name} is here for you|{name} ist für Sie da",
  coming: "{name} will answer you here|{name} antwortet Ihnen hier",
  absent: "Nobody is there right now. We will answer you here.|Gerade ist niemand da. Wir antworten Ihnen hier.",
  typing: "{name} is typing …|{name} schreibt …",
  resolved: "This conversation is resolved.|Dieses Gespräch ist erledigt.",
  fresh: "New conversation|Neues Gespräch",
  transcript: "Download conversation|Gespräch herunterladen",
  sound: "Sound|Ton",
  menu: "Menu|Menü",
  stop: "Stop this|Vorgang abbrechen",
  write: "Your message|Ihre Nachricht",
  send: "Send|Senden",
  attach: "Attach a file|Datei anhängen",
  big: "{name} is larger than {most}.|{name} ist größer als {most}.",
  remove: "Remove|Entfernen",
  sending: "Sending …|Senden …",
  sent: "Sent|Gesendet",
  unsent: "Not sent: {name}|Nicht gesendet: {name}",
  retry: "Try again|Erneut versuchen",
  offline: "You are offline.|Sie sind offline.",
  unreachable: "We can't be reached right now.|Wir sind gerade nicht erreichbar.",
  kept: "What you write is sent later.|Was Sie schreiben, wird später gesendet.",
  refused: "This chat is not available.|Dieser Chat ist nicht verfügbar.",
  identity: "Please sign in to chat.|Bitte melden Sie sich an.",
  gone: "This is no longer open.|Das ist nicht mehr offen.",
  barred: "This can't be opened here.|Das lässt sich hier nicht öffnen.",
  yes: "Yes|Ja",
  no: "No|Nein",
  accept: "Yes, please|Ja, bitte",
  decline: "No, thanks|Nein, danke",
  accepted: "Accepted|Angenommen",
  declined: "Declined|Abgelehnt",
  passed: "Not answered|Nicht beantwortet",
  choose: "Choose …|Wählen …",
  optional: "(optional)|(optional)",
  fill: "Please fill this in.|Bitte füllen Sie das aus.",
  longer: "At most {count} characters.|Höchstens {count} Zeichen.",
  bad: "Please check this. For example: {name}|Bitte prüfen Sie das. Zum Beispiel: {name}",
  opens: "Opens {name}|Öffnet {name}",
  tab: "Opens {name} in a new tab|Öffnet {name} in einem neuen Tab",
  next: "Next|Weiter",
  back: "Back|Zurück",
  page: "Page {count} of {most}|Seite {count} von {most}",
  done: "Done|Fertig",
  sources: "Sources|Quellen",
  leaf: "{name}, page {count}|{name}, Seite {count}",
  helpful: "Helpful|Hilfreich",
  unhelpful: "Not helpful|Nicht hilfreich",
  why: "What was wrong?|Was war nicht gut?",
  later: "Not now|Jetzt nicht",
  thanks: "Thank you!|Vielen Dank!",
  lead: "How can we reach you?|Wie können wir Sie erreichen?",
  email: "E-mail|E-Mail",
  name: "Name|Name",
  phone: "Phone|Telefon",
  company: "Company|Firma",
  message: "Message|Nachricht",
};

export type Key = keyof typeof TEXTS;
export type Own = Partial<Record<Key, string>>;
/** A text; a value that is no object is its `name`. */
export type Say = (key: Key, values?: string | Record<string, string | number>) => string;

/** Says what a language calls it; `own` are texts that the page brings and that go first. */
export const speaker =
  (language: string, own: Own = {}): Say =>
  (key, values = "") =>
    (own[key] ?? (TEXTS[key].split("|")[+/^de\b/i.test(language)] as string)).replace(
      /\{(\w+)\}/g,
      (_, name) => `${typeof values === "string" ? values : values[name]}`,
    );

/** Whether a language is written from right to left. */
export const fromRight = (language: string) => /^(ar|he|fa|ur|ps|yi)\b/i.test(language);

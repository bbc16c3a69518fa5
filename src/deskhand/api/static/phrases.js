// What the page itself says to customers, in English and German; the browser's language decides.
//
// What members read stays in `words.js` and beside what it is about: they are one team, with one language.

const ENGLISH = {
  title: "Customer’s chat",
  agent: "Agent",
  you: "You",
  colleague: "A colleague",
  new_conversation: "New conversation",
  messages: "Messages",
  conversation: "Conversation",
  working: "The agent is working",
  choices: "Answers to choose from",
  newest: "Newest messages",
  stop: "Stop this",
  message: "Your message",
  write: "Write a message …",
  send: "Send",
  lost: "That conversation isn't here (any more). Your next message begins a new one.",
  sending: "Sending …",
  not_sent: "Not sent. {why}",
  retry: "Retry",
  remove: "Remove",
  too_long: "That's more than I can read at once: {number} characters too many. Please send it in parts.",
  length: "{number} of {most} characters",
  away: "Deskhand can’t be reached right now. What you wrote is still here; this page goes on by itself as soon as it’s back.",
  unreachable: "Deskhand can't be reached right now.",
  ai: "AI agent",
  with_member: "You’re with a colleague now: {name}",
  to_member: "A colleague will answer you here",
  resolved: "Resolved. Write to open it again",
  greeting: "Hi, how can I help?",
  you_are: "You are the customer here. Write as one would, or pick something.",
  yes: "Yes",
  no: "No",
  choose: "Choose …",
  optional: "(optional)",
  form: "Form",
  fill_in: "Please fill this in.",
  check: "Please check what is marked.",
  filled_in: "Filled in",
  not_filled_in: "Not filled in",
  nothing: "Nothing filled in",
  clicked: "Clicked",
  not_clicked: "Not clicked: {label}",
  opened: "Opened: ",
  opens_mail: "Opens your e-mail program",
  opens_phone: "Opens your phone",
  opens: "Opens {host}",
  opens_tab: "Opens {host} in a new tab",
  sources: "Sources",
  page: "page {number}",
  new_tab: "(opens in a new tab)",
  accept: "Yes, please",
  decline: "No, thanks",
  accepted: "Accepted",
  declined: "Declined",
  passed_over: "Not answered",
  rate: "Was this helpful?",
  helpful: "Helpful",
  not_helpful: "Not helpful",
  what_was_wrong: "What was wrong?",
  cancel: "Cancel",
  thanks: "Thank you for telling us.",
  menu: "What you can do here",
};

const GERMAN = {
  title: "Chat des Kunden",
  agent: "Agent",
  you: "Sie",
  colleague: "Ein Kollege",
  new_conversation: "Neues Gespräch",
  messages: "Nachrichten",
  conversation: "Gespräch",
  working: "Der Agent arbeitet",
  choices: "Antworten zur Auswahl",
  newest: "Neueste Nachrichten",
  stop: "Abbrechen",
  message: "Ihre Nachricht",
  write: "Nachricht schreiben …",
  send: "Senden",
  lost: "Dieses Gespräch gibt es hier nicht (mehr). Ihre nächste Nachricht beginnt ein neues.",
  sending: "Wird gesendet …",
  not_sent: "Nicht gesendet. {why}",
  retry: "Noch einmal",
  remove: "Entfernen",
  too_long: "Das ist mehr, als ich auf einmal lesen kann: {number} Zeichen zu viel. Bitte senden Sie es in Teilen.",
  length: "{number} von {most} Zeichen",
  away: "Deskhand ist gerade nicht zu erreichen. Was Sie geschrieben haben, bleibt hier; die Seite macht von selbst weiter.",
  unreachable: "Deskhand ist gerade nicht zu erreichen.",
  ai: "KI-Agent",
  with_member: "Sie sprechen jetzt mit {name}",
  to_member: "Ein Kollege antwortet Ihnen hier",
  resolved: "Erledigt. Schreiben Sie, um es wieder zu öffnen",
  greeting: "Hallo, wie kann ich helfen?",
  you_are: "Hier sind Sie der Kunde. Schreiben Sie wie einer, oder wählen Sie etwas aus.",
  yes: "Ja",
  no: "Nein",
  choose: "Auswählen …",
  optional: "(freiwillig)",
  form: "Formular",
  fill_in: "Bitte ausfüllen.",
  check: "Bitte prüfen Sie, was markiert ist.",
  filled_in: "Ausgefüllt",
  not_filled_in: "Nicht ausgefüllt",
  nothing: "Nichts ausgefüllt",
  clicked: "Angeklickt",
  not_clicked: "Nicht angeklickt: {label}",
  opened: "Geöffnet: ",
  opens_mail: "Öffnet Ihr E-Mail-Programm",
  opens_phone: "Öffnet Ihr Telefon",
  opens: "Öffnet {host}",
  opens_tab: "Öffnet {host} in einem neuen Tab",
  sources: "Quellen",
  page: "Seite {number}",
  new_tab: "(öffnet einen neuen Tab)",
  accept: "Ja, bitte",
  decline: "Nein, danke",
  accepted: "Angenommen",
  declined: "Abgelehnt",
  passed_over: "Nicht beantwortet",
  rate: "War das hilfreich?",
  helpful: "Hilfreich",
  not_helpful: "Nicht hilfreich",
  what_was_wrong: "Was war falsch?",
  cancel: "Abbrechen",
  thanks: "Danke für Ihre Rückmeldung.",
  menu: "Was Sie hier tun können",
};

const PHRASES = { en: ENGLISH, de: GERMAN };

/** The language that the page speaks with customers. */
export const LANGUAGE = (navigator.languages ?? [navigator.language]).map((one) => one.slice(0, 2)).find((one) => one in PHRASES) ?? "en";

/** The phrase of this name, with `{…}` filled in. */
export function phrase(name, values = {}) {
  return PHRASES[LANGUAGE][name].replace(/\{(\w+)\}/g, (_, key) => values[key]);
}

/** Put the phrases into what the page's HTML names with `data-phrase` (text) and `data-phrase-…` (an attribute). */
export function putPhrases() {
  for (const one of document.querySelectorAll("[data-phrase]")) one.textContent = phrase(one.dataset.phrase);
  for (const name of ["title", "placeholder", "aria-label"]) {
    for (const one of document.querySelectorAll(`[data-phrase-${name}]`)) {
      one.setAttribute(name, phrase(one.getAttribute(`data-phrase-${name}`)));
    }
  }
  document.getElementById("chat").lang = LANGUAGE;
}

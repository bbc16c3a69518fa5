import { texts } from "../../../i18n/texts";

export const mail = texts({
  en: {
    title: "E-mail",
    lead: "Invitations, and what procedures send.",
    sends: "A mail server is set",
    sendsText: "E-mail is sent through it. What lies here was written before.",
    stays: "No mail server is set",
    staysText:
      "Nothing is sent: e-mail lies here, in the local mailbox. Whoever runs the server sets `DESKHAND_SMTP_URL` and `DESKHAND_MAIL_FROM`, and starts it again.",
    mailbox: "Local mailbox, newest first",
    subject: "Subject",
    to: "To",
    at: "Written",
    empty: "No e-mail lies here",
    emptyText: "Invite somebody, or let a procedure send an e-mail: what would have been sent is read here.",
    emptySent: "All that is written goes out.",
    masked: "Only owners see the part of a link that lets somebody in.",
  },
  de: {
    title: "E-Mail",
    lead: "Einladungen, und was Abläufe senden.",
    sends: "Ein Mailserver ist eingerichtet",
    sendsText: "E-Mails gehen darüber hinaus. Was hier liegt, wurde vorher geschrieben.",
    stays: "Kein Mailserver ist eingerichtet",
    staysText:
      "Nichts geht hinaus: E-Mails liegen hier, im lokalen Postfach. Wer den Server betreibt, setzt `DESKHAND_SMTP_URL` und `DESKHAND_MAIL_FROM` und startet ihn neu.",
    mailbox: "Lokales Postfach, das Neueste zuerst",
    subject: "Betreff",
    to: "An",
    at: "Geschrieben",
    empty: "Hier liegt keine E-Mail",
    emptyText:
      "Laden Sie jemanden ein, oder lassen Sie einen Ablauf eine E-Mail senden: Was hinausginge, lesen Sie hier.",
    emptySent: "Alles, was geschrieben wird, geht hinaus.",
    masked: "Nur Inhaber sehen den Teil eines Links, der jemanden einlässt.",
  },
});

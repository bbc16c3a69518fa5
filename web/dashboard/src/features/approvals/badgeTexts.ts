import { texts } from "../../i18n/texts";

/** What the menu says of approvals on every screen; the rest is loaded with the screen. */
export const badge = texts({
  en: {
    badge: { one: "One approval waits for you", other: "{count} approvals wait for you" },
    newTitle: "An approval waits for you",
    newText: { one: "One approval waits.", other: "{count} approvals wait." },
    noticeTitle: "The agent has done something",
    openConversation: "Open the conversation",
  },
  de: {
    badge: { one: "Eine Freigabe wartet auf Sie", other: "{count} Freigaben warten auf Sie" },
    newTitle: "Eine Freigabe wartet auf Sie",
    newText: { one: "Eine Freigabe wartet.", other: "{count} Freigaben warten." },
    noticeTitle: "Der Agent hat etwas getan",
    openConversation: "Gespräch öffnen",
  },
});

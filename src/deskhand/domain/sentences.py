"""The engine's own sentences: keys with parameters, rendered in the conversation's language."""

from collections.abc import Sequence
from typing import Literal, get_args

from deskhand.domain.phrases import Phrase, phrase

Text = str | dict[str, str]
"""A customer's text: a string, or one per language (`{en: …, de: …}`)."""

FALLBACK = "en"

Key = Literal[
    "invalid_text", "invalid_too_long", "invalid_number", "invalid_integer", "invalid_boolean", "invalid_date",
    "invalid_email", "invalid_phone", "invalid_choice", "not_understood", "can_help_with", "which_one", "confirm",
    "confirm_again", "confirm_changed", "declined", "checking", "handed_over", "too_many_tries", "failed", "expired",
    "cancelled", "cancelled_late", "nothing_to_cancel", "back_to", "unsure", "waiting_for_colleague", "still_working",
    "taken_over", "busy", "greeting", "greeting_empty", "thanks", "goodbye", "invalid_json", "not_possible",
    "not_allowed", "verify_first", "limit_reached", "tried_too_often",
    "unsuccessful", "press_or_fill", "submit", "run_it", "form_again",
    "form_as_text", "form_as_text_one", "optional", "button_as_text",
    "done", "corrected", "too_late_to_correct", "offer", "offer_declined", "next_is", "unknown_answer",
    "switched_topic", "what_can_i_do", "open_page", "you_can_ask", "talk_to_person", "nobody_there",
    "nobody_there_later",
]  # fmt: skip

_ENGLISH: dict[Key, str] = {
    "invalid_text": "I need an answer here, please.",
    "invalid_too_long": "That is longer than the {limit} characters I can take.",
    "invalid_number": "That doesn't look like a number. Please use digits, for example 42.",
    "invalid_integer": "Please give a whole number, for example 42.",
    "invalid_boolean": "Please answer yes or no.",
    "invalid_date": "I couldn't read that date. Please write it like 2026-03-31.",
    "invalid_email": "That doesn't look like an email address. It should look like name@example.com.",
    "invalid_phone": "That doesn't look like a phone number. With the country code it looks like +44 20 7946 0000.",
    "invalid_choice": "Please choose one of: {choices}.",
    "not_understood": "I'm not sure what you need. Could you say it in other words?",
    "can_help_with": "I'm not sure what you need. I can help with: {list}.",
    "which_one": "Do you mean {names}?",
    "confirm": "{what} Shall I go ahead? Please answer yes or no.",
    "confirm_again": "I need a clear yes or no before I do this.",
    "confirm_changed": "A colleague has changed something here. {what} Shall I go ahead? Please answer yes or no.",
    "declined": "All right, I won't do that.",
    "checking": "A colleague is checking this for you. I'll write here as soon as they have decided.",
    "handed_over": "I'm handing you over to a colleague, who will answer you here.",
    "too_many_tries": "I'm having trouble with that. I'm handing you over to a colleague, who will answer you here.",
    "failed": "Something went wrong on our side. I'm handing you over to a colleague, who will answer you here.",
    "expired": "Nobody could check this in time. I'm handing you over to a colleague, who will answer you here.",
    "cancelled": "All right, I've stopped that.",
    "cancelled_late": "I've stopped, but what was already on its way may still happen. A colleague can see that.",
    "nothing_to_cancel": "There is nothing going on that I could stop.",
    "back_to": "Back to: {name}.",
    "unsure": "Sorry, I didn't get that.",
    "waiting_for_colleague": "A colleague is still checking this. I'll write here as soon as they have decided.",
    "still_working": "I'm still working on that, one moment.",
    "taken_over": "You are now talking to {name}.",
    "busy": "Let's finish this first.",
    "greeting": "Hello! I can help with: {list}. What can I do for you?",
    "greeting_empty": "Hello! What can I do for you?",
    "thanks": "You're welcome. Is there anything else I can do for you?",
    "goodbye": "Goodbye, and thank you for writing.",
    "invalid_json": "I couldn't read that. Several values are separated by commas.",
    "not_possible": "I'm sorry, I can't do that right now.",
    "not_allowed": "I'm sorry, I can't do that here.",
    "verify_first": "I have to verify who you are before I can do that.",
    "limit_reached": "That has been done already, and I can't do it again.",
    "tried_too_often": "That has been tried too often, so I can't try it again.",
    "unsuccessful": "I'm sorry, that did not work.",
    "press_or_fill": "Please use the field above, or say “cancel”.",
    "submit": "Send",
    "run_it": "Continue",
    "form_as_text": "Please answer in one message with one line for each, in this order (“-” leaves one out):",
    "form_as_text_one": "Please answer with:",
    "optional": "optional",
    "button_as_text": "To go on, please answer “{label}”.",
    "form_again": "Please check what is marked.",
    "done": "That's done.",
    "corrected": "All right, I've changed that.",
    "too_late_to_correct": "That has been done already with what you told me before. I'm handing you over to a "
    "colleague, who will answer you here.",
    "offer": "I can help you with this: {name}. Shall I?",
    "offer_declined": "All right. Is there anything else I can do for you?",
    "next_is": "Now to your other request: {name}.",
    "unknown_answer": "I'm sorry, I don't know that.",
    "switched_topic": "Let's talk about {name}.",
    "what_can_i_do": "What can I do for you?",
    "open_page": "Open the page",
    "you_can_ask": "You can also ask:",
    "talk_to_person": "I'm connecting you with a colleague, who will answer you here in a moment.",
    "nobody_there": "I'm sorry, nobody is there to chat right now.",
    "nobody_there_later": "I'm sorry, nobody is there to chat right now. A colleague will answer you here as soon as "
    "they are back.",
}

_GERMAN: dict[Key, str] = {
    "invalid_text": "Hier brauche ich bitte eine Antwort.",
    "invalid_too_long": "Das ist länger als die {limit} Zeichen, die ich annehmen kann.",
    "invalid_number": "Das sieht nicht nach einer Zahl aus. Bitte in Ziffern, zum Beispiel 42.",
    "invalid_integer": "Bitte geben Sie eine ganze Zahl an, zum Beispiel 42.",
    "invalid_boolean": "Bitte antworten Sie mit Ja oder Nein.",
    "invalid_date": "Das Datum konnte ich nicht lesen. Bitte so schreiben: 2026-03-31.",
    "invalid_email": "Das sieht nicht nach einer E-Mail-Adresse aus. Sie sollte wie name@example.com aussehen.",
    "invalid_phone": "Das sieht nicht nach einer Telefonnummer aus. Mit Landesvorwahl sieht sie so aus: +49 30 123456.",
    "invalid_choice": "Bitte wählen Sie eines davon: {choices}.",
    "not_understood": "Ich bin nicht sicher, was Sie brauchen. Können Sie es anders sagen?",
    "can_help_with": "Ich bin nicht sicher, was Sie brauchen. Helfen kann ich hiermit: {list}.",
    "which_one": "Meinen Sie {names}?",
    "confirm": "{what} Soll ich das tun? Bitte antworten Sie mit Ja oder Nein.",
    "confirm_again": "Dafür brauche ich ein klares Ja oder Nein.",
    "confirm_changed": "Jemand aus dem Team hat hier etwas geändert. {what} Soll ich das tun? Bitte antworten Sie mit "
    "Ja oder Nein.",
    "declined": "In Ordnung, das mache ich nicht.",
    "checking": "Jemand aus dem Team prüft das für Sie. Ich schreibe hier, sobald es entschieden ist.",
    "handed_over": "Ich gebe Sie an jemanden aus dem Team weiter, der Ihnen hier antwortet.",
    "too_many_tries": "Damit komme ich nicht zurecht. Jemand aus dem Team wird Ihnen hier antworten.",
    "failed": "Bei uns ist etwas schiefgegangen. Jemand aus dem Team wird Ihnen hier antworten.",
    "expired": "Das konnte niemand rechtzeitig prüfen. Jemand aus dem Team wird Ihnen hier antworten.",
    "cancelled": "In Ordnung, das habe ich abgebrochen.",
    "cancelled_late": "Ich habe abgebrochen; was schon unterwegs war, kann aber noch geschehen. Das Team sieht das.",
    "nothing_to_cancel": "Es läuft gerade nichts, was ich abbrechen könnte.",
    "back_to": "Zurück zu: {name}.",
    "unsure": "Entschuldigung, das habe ich nicht verstanden.",
    "waiting_for_colleague": "Das wird noch geprüft. Ich schreibe hier, sobald es entschieden ist.",
    "still_working": "Ich bin noch dabei, einen Moment.",
    "taken_over": "Sie sprechen jetzt mit {name}.",
    "busy": "Bringen wir erst dies zu Ende.",
    "greeting": "Hallo! Helfen kann ich hiermit: {list}. Was kann ich für Sie tun?",
    "greeting_empty": "Hallo! Was kann ich für Sie tun?",
    "thanks": "Gern geschehen. Kann ich sonst noch etwas für Sie tun?",
    "goodbye": "Auf Wiedersehen, und danke für Ihre Nachricht.",
    "invalid_json": "Das konnte ich nicht lesen. Mehrere Werte bitte durch Kommas trennen.",
    "not_possible": "Das kann ich im Moment leider nicht tun.",
    "not_allowed": "Das kann ich hier leider nicht tun.",
    "verify_first": "Dafür muss ich zuerst prüfen, wer Sie sind.",
    "limit_reached": "Das ist schon geschehen, und ich kann es nicht noch einmal tun.",
    "tried_too_often": "Das wurde zu oft versucht, deshalb kann ich es nicht noch einmal versuchen.",
    "unsuccessful": "Das hat leider nicht geklappt.",
    "press_or_fill": "Bitte verwenden Sie das Feld oben, oder schreiben Sie „abbrechen“.",
    "submit": "Senden",
    "run_it": "Weiter",
    "form_as_text": "Bitte antworten Sie in einer Nachricht, eine Zeile je Angabe, in dieser Folge („-“ für keine):",
    "form_as_text_one": "Bitte antworten Sie mit:",
    "optional": "freiwillig",
    "button_as_text": "Antworten Sie „{label}“, damit es weitergeht.",
    "form_again": "Bitte prüfen Sie, was markiert ist.",
    "done": "Das ist erledigt.",
    "corrected": "In Ordnung, das habe ich geändert.",
    "too_late_to_correct": "Das ist mit Ihrer früheren Angabe schon geschehen. Jemand aus dem Team wird Ihnen hier "
    "antworten.",
    "offer": "Dabei kann ich helfen: {name}. Möchten Sie das?",
    "offer_declined": "In Ordnung. Kann ich sonst noch etwas für Sie tun?",
    "next_is": "Nun zu Ihrem anderen Anliegen: {name}.",
    "unknown_answer": "Das weiß ich leider nicht.",
    "switched_topic": "Sprechen wir über {name}.",
    "what_can_i_do": "Was kann ich für Sie tun?",
    "open_page": "Seite öffnen",
    "you_can_ask": "Sie können auch fragen:",
    "talk_to_person": "Ich verbinde Sie mit jemandem aus dem Team. Die Antwort kommt gleich hier.",
    "nobody_there": "Gerade ist leider niemand zum Chatten da.",
    "nobody_there_later": "Gerade ist leider niemand zum Chatten da. Jemand aus dem Team antwortet Ihnen hier, sobald "
    "wieder besetzt ist.",
}

_SENTENCES: dict[str, dict[Key, str]] = {"en": _ENGLISH, "de": _GERMAN}

LANGUAGES: tuple[str, ...] = tuple(_SENTENCES)

assert all(set(table) == set(get_args(Key)) for table in _SENTENCES.values())


def sentence(key: str, language: str, **parameters: str) -> str:
    """The engine's sentence in the language, in English where that language is not there."""
    table = _SENTENCES.get(language[:2], _ENGLISH)
    return table[key].format(**parameters)  # type: ignore[index]


def translations(language: str) -> dict[str, str]:
    """The engine's sentences in English, each with what it is in the language."""
    return {english: _SENTENCES[language][key] for key, english in _ENGLISH.items()}


def as_phrase(key: str, **parameters: str) -> Phrase:
    """The engine's sentence for a member, who may read it in another language than the customer."""
    return phrase(_ENGLISH[key], **parameters)  # type: ignore[index]


_OR = {"en": "or", "de": "oder"}


def either(names: Sequence[str], language: str) -> str:
    """Two or more names between which somebody chooses: “A, B or C”."""
    return f" {_OR.get(language[:2], _OR[FALLBACK])} ".join((", ".join(names[:-1]), names[-1]))


def in_language(text: Text, language: str) -> str:
    """The version of a text for the language: the exact one, its first two letters, English, or the first there is."""
    if isinstance(text, str):
        return text
    for wanted in (language, language[:2], FALLBACK):
        if wanted in text:
            return text[wanted]
    return next(iter(text.values()), "")


def versions(text: Text | None) -> tuple[str, ...]:
    """All versions of a text, for checks."""
    if text is None:
        return ()
    return (text,) if isinstance(text, str) else tuple(text.values())

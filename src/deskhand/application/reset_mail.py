"""What the e-mail says to somebody who forgot their password, in the language that they read."""

from deskhand.application.invitation_mail import said

_SUBJECT = {"en": "A new password for Deskhand", "de": "Ein neues Passwort für Deskhand"}
_BODY = {
    "en": (
        "Hello {name}\n\nSomebody, probably you, asked for a new password for your Deskhand account.\n\n"
        "This link lets you choose one. It works once, and for one hour:\n\n{link}\n\n"
        "If it was not you, do nothing: your password stays as it is.\n"
    ),
    "de": (
        "Guten Tag {name}\n\nJemand, wahrscheinlich Sie, hat ein neues Passwort für Ihr Konto bei Deskhand "
        "angefordert.\n\nMit diesem Link wählen Sie eines. Er gilt einmal und eine Stunde lang:\n\n{link}\n\n"
        "Waren Sie das nicht, brauchen Sie nichts zu tun: Ihr Passwort bleibt, wie es ist.\n"
    ),
}


def subject_of(language: str) -> str:
    """The subject; English where the language is none that Deskhand speaks."""
    return said(_SUBJECT, language)


def body_of(name: str, link: str, language: str) -> str:
    """The text, with the link on a line of its own."""
    return said(_BODY, language).format(name=name, link=link)

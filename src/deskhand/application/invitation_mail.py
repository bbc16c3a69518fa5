"""What an invitation's e-mail says, in the workspace's language."""

_SUBJECT = {
    "en": "You are invited to {workspace} on Deskhand",
    "de": "Einladung zu {workspace} bei Deskhand",
}
_BODY = {
    "en": (
        "Hello\n\n{by} invites you to the workspace “{workspace}” on Deskhand.\n\n"
        "This link lets you in. It is for you alone, works once and for seven days:\n\n{link}\n\n"
        "If you did not expect this, do nothing: without the link nobody gets in.\n"
    ),
    "de": (
        "Guten Tag\n\n{by} lädt Sie in den Arbeitsbereich „{workspace}“ bei Deskhand ein.\n\n"
        "Dieser Link ist nur für Sie. Er gilt einmal und sieben Tage lang:\n\n{link}\n\n"
        "Falls Sie das nicht erwartet haben, brauchen Sie nichts zu tun: Ohne den Link kommt niemand hinein.\n"
    ),
}


def subject_of(workspace: str, language: str) -> str:
    """The subject; English where the language is none that Deskhand speaks."""
    return said(_SUBJECT, language).format(workspace=workspace)


def body_of(by: str, workspace: str, link: str, language: str) -> str:
    """The text, with the link on a line of its own."""
    return said(_BODY, language).format(by=by, workspace=workspace, link=link)


def said(texts: dict[str, str], language: str) -> str:
    """The text in this language, or in English."""
    return texts.get(language.partition("-")[0], texts["en"])

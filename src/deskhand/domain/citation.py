"""Where an answer is taken from."""

from deskhand.domain.model import Record


class Citation(Record):
    """One source of an answer."""

    source: str
    """Its slug."""
    title: str = ""
    url: str | None = None

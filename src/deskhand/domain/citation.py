"""Where an answer is taken from."""

from deskhand.domain.model import Record, sparse


class Citation(Record):
    """One source of an answer."""

    source: str
    """Its slug."""
    title: str = ""
    url: str | None = None
    page: int | None = sparse(None)

"""The tags of a conversation, as members change them."""

from deskhand.domain.errors import RuleError
from deskhand.domain.events import Tagged
from deskhand.domain.phrases import phrase

MOST_TAGS = 50
"""Of one conversation, where members add them."""


def tagged(tags: tuple[str, ...], change: Tagged) -> tuple[str, ...]:
    """The tags after a change, each once and in the order in which they came. Raises RuleError for too many."""
    after = tuple(dict.fromkeys((*(one for one in tags if one not in change.remove), *change.add)))
    if len(after) > MOST_TAGS and len(after) > len(tags):
        raise RuleError(phrase("A conversation has at most {most} tags: take some away first.", most=MOST_TAGS))
    return after

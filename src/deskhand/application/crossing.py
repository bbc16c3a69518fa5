"""What came between what a member saw and what they do: nobody answers past what the customer has read meanwhile."""

import json

from deskhand.domain.errors import RuleError
from deskhand.domain.phrases import phrase
from deskhand.ports.stores import Stores
from deskhand.ports.turns import Entry

FROM_CUSTOMER = frozenset({"said", "clicked", "form_submitted"})
FROM_AGENT = frozenset({"say", "ask", "show_form", "show_button", "suggest", "show_component", "offer"})
FROM_MEMBER = frozenset({"replied"})
LOOKED_THROUGH = 1000
"""Entries in which something is looked for that came between."""


class Crossed(RuleError):
    """Somebody wrote in the meantime: read it, then send again."""

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        super().__init__(phrase("{who} wrote in the meantime: read it, then send again.", who=_who(entries)))
        self.entries = entries
        """What was written between the customer and the others, the oldest first."""


async def refuse_crossing(stores: Stores, workspace: str, conversation: str, by: str, based_on: int, seq: int) -> None:
    """Raise Crossed where somebody else than `by` wrote after the entry `based_on`, up to the entry `seq`.

    What runs did, notes of other members and the like never stand in the way: the customer reads nothing of them.
    """
    if based_on >= seq:
        return
    later = await stores.conversations.entries(workspace, conversation, based_on, LOOKED_THROUGH)
    between = tuple(entry for entry in later if _is_spoken(entry) and _by(entry) != by)
    if between:
        raise Crossed(between)


def _is_spoken(entry: Entry) -> bool:
    return entry.visible_to == "all" and entry.kind in FROM_CUSTOMER | FROM_AGENT | FROM_MEMBER


def _by(entry: Entry) -> str | None:
    return str(json.loads(entry.body).get("by")) if entry.kind in FROM_MEMBER else None


def _who(entries: tuple[Entry, ...]) -> str:
    last = entries[-1]
    if last.kind in FROM_CUSTOMER:
        return phrase("The customer")
    return phrase("The agent") if last.kind in FROM_AGENT else f"{_by(last)}"

"""Who looks at a conversation and who is typing: kept in memory, for seconds, and nowhere else."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from deskhand.ports.clock import Clock

Doing = Literal["looking", "typing"]
Side = Literal["member", "customer"]

LOOKING_FOR = 30_000
"""Milliseconds for which somebody who looked is taken to look on."""
TYPING_FOR = 8_000
MOST_TABS = 200
"""Of one conversation; the oldest is forgotten for a new one."""
MOST_CONVERSATIONS = 20_000


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody who looks at a conversation, or types in it."""

    by: str
    side: Side
    doing: Doing
    until: int
    """When that is over, unless they say so again. Milliseconds since 1970."""


Place = tuple[str, str]
"""A workspace and a conversation."""


class Presence:
    """Everybody who is present in the conversations of this server."""

    def __init__(self, clock: Clock, tell: Callable[[str, str], None]) -> None:
        """tell: is called with workspace and conversation whenever that changes."""
        self._clock = clock
        self._tell = tell
        self._known: dict[Place, dict[tuple[str, str], Present]] = {}

    def seen(self, workspace: str, conversation: str, by: str, tab: str, doing: Doing | None) -> None:
        """A member's tab looks or types, or with None does no longer."""
        self._note(workspace, conversation, (f"member:{by}", tab), by, "member", doing)

    def customer(self, workspace: str, conversation: str, typing: bool) -> None:
        """The customer types, or does no longer."""
        self._note(workspace, conversation, ("customer", ""), "customer", "customer", "typing" if typing else None)

    def present(self, workspace: str, conversation: str) -> list[Present]:
        """Everybody once, whoever types first, then by name."""
        found: dict[tuple[Side, str], Present] = {}
        for one in self._alive((workspace, conversation)).values():
            known = found.get((one.side, one.by))
            if known is None or (one.doing == "typing", one.until) > (known.doing == "typing", known.until):
                found[one.side, one.by] = one
        return sorted(found.values(), key=lambda one: (one.doing != "typing", one.side, one.by))

    def typing(self, workspace: str, conversation: str) -> list[str]:
        """The members who are typing to the customer."""
        present = self.present(workspace, conversation)
        return [one.by for one in present if one.side == "member" and one.doing == "typing"]

    def _note(
        self, workspace: str, conversation: str, tab: tuple[str, str], by: str, side: Side, doing: Doing | None
    ) -> None:
        place = workspace, conversation
        before = self._shown(place)
        tabs = dict(self._alive(place))
        tabs.pop(tab, None)
        if doing is not None:
            lasts = TYPING_FOR if doing == "typing" else LOOKING_FOR
            tabs[tab] = Present(by, side, doing, self._clock.now() + lasts)
        self._keep(place, dict(list(tabs.items())[-MOST_TABS:]))
        if self._shown(place) != before or doing == "typing":  # who goes on typing must be told before it runs out
            self._tell(workspace, conversation)

    def _shown(self, place: Place) -> list[tuple[str, str, str]]:
        return [(one.side, one.by, one.doing) for one in self.present(*place)]

    def _alive(self, place: Place) -> dict[tuple[str, str], Present]:
        now = self._clock.now()
        return {tab: one for tab, one in self._known.get(place, {}).items() if one.until > now}

    def _keep(self, place: Place, tabs: dict[tuple[str, str], Present]) -> None:
        self._known.pop(place, None)
        if tabs:
            self._known[place] = tabs
        while len(self._known) > MOST_CONVERSATIONS:
            del self._known[next(iter(self._known))]

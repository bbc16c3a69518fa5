"""Tokens of the widget's visitors: signed, stored nowhere, each for one agent of one workspace."""

import json
from dataclasses import dataclass

from deskhand.application.base64url import decoded, encoded
from deskhand.application.ids import fresh_id
from deskhand.domain.ids import is_id
from deskhand.ports.clock import Clock
from deskhand.ports.vault import Vault

LASTS = 90 * 86_400_000
"""Milliseconds from its making; every session that begins with one makes a fresh one."""
LONGEST = 500
"""Characters of a token."""
_FIELD = "visitor"
_MARK = "dhv1"


@dataclass(frozen=True, slots=True)
class Visit:
    """What a token says: this browser, with this agent."""

    workspace: str
    agent: str
    visitor: str


class VisitorTokens:
    """Makes and reads them. Whoever has one is that visitor; no more follows from it."""

    def __init__(self, vault: Vault, clock: Clock) -> None:
        self._vault = vault
        self._clock = clock

    def fresh(self, workspace: str, agent: str) -> Visit:
        """A visitor whom nobody has seen before."""
        return Visit(workspace, agent, fresh_id("vis", self._clock))

    def issue(self, visit: Visit) -> str:
        """A token for this visitor."""
        said = json.dumps([visit.workspace, visit.agent, visit.visitor, self._clock.now()], separators=(",", ":"))
        text = _MARK + "." + encoded(said.encode())
        return text + "." + encoded(self._vault.sign(_FIELD, text))

    def read(self, token: str) -> Visit | None:
        """What a token says; None where it was not made here, was altered, or is too old."""
        text, _, signature = token.rpartition(".")
        mark, _, said = text.partition(".")
        if len(token) > LONGEST or not token.isascii() or mark != _MARK:
            return None
        try:
            if not self._vault.is_signed(_FIELD, text, decoded(signature)):
                return None
            workspace, agent, visitor, at = json.loads(decoded(said))
        except ValueError:
            return None
        good = is_id("ws", workspace) and is_id("vis", visitor) and at + LASTS > self._clock.now()
        return Visit(workspace, agent, visitor) if good else None

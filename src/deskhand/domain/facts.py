"""Facts: what successful calls established in a conversation, until they expire or the customer is somebody else."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from deskhand.domain.conditions import MISSING, look_up
from deskhand.domain.model import Json, Record
from deskhand.domain.values import is_empty, text_of

IDLE = 30 * 60_000
"""Milliseconds without a word from the customer after which facts are forgotten."""

LARGEST = 32_768
"""Characters of an answer that are kept as a fact; a larger one counts as success and nothing more."""


class Fact(Record):
    """One action succeeded; the last time counts."""

    at: int
    arguments: dict[str, Json] = {}
    response: Json = None


@dataclass(slots=True)
class Ledger:
    """The working copy of a conversation's facts and counts, for one turn."""

    facts: dict[str, Fact] = field(default_factory=dict)
    identity: str | None = None
    """Who the customer proved to be."""
    uses: dict[str, int] = field(default_factory=dict)
    """How often an action was carried out, or is on its way, in this conversation."""
    taken: frozenset[tuple[str, str, int]] = frozenset()
    """Places of `at most` rules that other conversations are known to hold: action, value, number."""

    def establish(self, action: str, fact: Fact, identity: Any = MISSING) -> None:
        """An action succeeded. An identity that differs from the one before voids what was established for that one."""
        if identity is not MISSING and not is_empty(identity):
            who = text_of(identity)
            if self.identity is not None and self.identity != who:
                self.facts.clear()
            self.identity = who
        if len(text_of(fact.response)) > LARGEST:
            fact = fact.model_copy(update={"response": None})
        self.facts[action] = fact

    def forget(self) -> None:
        """Nothing that was established counts any longer."""
        self.facts.clear()
        self.identity = None

    def values(self) -> dict[str, Any]:
        """What comparisons and templates of preconditions see."""
        if not self.facts and self.identity is None:
            return {}
        facts = {slug: {"arguments": fact.arguments, "response": fact.response} for slug, fact in self.facts.items()}
        return {"facts": facts, **({"identity": self.identity} if self.identity is not None else {})}


def identity_in(path: str | None, response: Any) -> Any:
    """The identity that an answer proves, or MISSING."""
    return look_up(tuple(path.split(".")), response) if path else MISSING


def digest_of(value: str) -> str:
    """What a reservation keeps of a value: enough to compare, nothing to read."""
    return hashlib.sha256(value.encode()).hexdigest()[:40]


def as_json(values: Mapping[str, Any]) -> dict[str, Json]:
    """Values without those that are not there."""
    return {name: value for name, value in values.items() if value is not MISSING}

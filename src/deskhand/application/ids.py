"""Identifiers for what the application makes."""

from deskhand.domain.ids import make_id
from deskhand.ports.clock import Clock


def fresh_id(prefix: str, clock: Clock) -> str:
    """A new identifier such as `conv_0193…`."""
    return make_id(prefix, clock.now(), clock.entropy())

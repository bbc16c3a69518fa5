"""Identifiers as they are stored: sixteen bytes, whose prefix is taken off on writing and put back on reading."""

from deskhand.domain.ids import raw_id
from deskhand.ports.stores import NotFound

WORKSPACE = "ws"
CONVERSATION = "conv"
RUN = "run"
APPROVAL = "appr"
PROCEDURE = "proc"
KEY = "key"
LEAD = "lead"
CONTACT = "contact"
MAIL = "mail"
AUDIT = "aud"
DELIVERY = "msg"

LARGEST = 2**63 - 1


def raw(prefix: str, shown: str) -> bytes:
    """The bytes of an identifier. Raises NotFound for what cannot name such a thing."""
    try:
        found = raw_id(shown)
    except ValueError:
        found = b""
    if shown != f"{prefix}_{found.hex()}":
        raise NotFound(f"`{shown[:60]!s}` names nothing: an identifier looks like `{prefix}_` and 32 hex digits.")
    return found


def shown(prefix: str, raw: bytes) -> str:
    """The identifier behind the bytes."""
    return f"{prefix}_{raw.hex()}"


def number(value: int) -> int:
    """A number that somebody asks for. Raises NotFound where no database could have it."""
    if not 0 <= value <= LARGEST:
        raise NotFound(f"There is no number {str(value)[:30]}.")
    return value

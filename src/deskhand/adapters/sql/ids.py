"""Identifiers as they are stored: sixteen bytes, whose prefix is taken off on writing and put back on reading."""

from deskhand.domain.ids import raw_id
from deskhand.domain.phrases import phrase
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
ACCOUNT = "acct"
MEMBER = "member"
SESSION = "session"
INVITATION = "inv"
TEST = "test"
ATTACHMENT = "att"

LARGEST = 2**63 - 1


def raw(prefix: str, shown: str) -> bytes:
    """The bytes of an identifier. Raises NotFound for what cannot name such a thing."""
    try:
        found = raw_id(shown)
    except ValueError:
        found = b""
    if shown != f"{prefix}_{found.hex()}":
        raise NotFound(
            phrase(
                "`{shown!s}` names nothing: an identifier looks like `{prefix}_` and 32 hex digits.",
                shown=shown[:60],
                prefix=prefix,
            )
        )
    return found


def shown(prefix: str, raw: bytes) -> str:
    """The identifier behind the bytes."""
    return f"{prefix}_{raw.hex()}"


def number(value: int) -> int:
    """A number that somebody asks for. Raises NotFound where no database could have it."""
    if not 0 <= value <= LARGEST:
        raise NotFound(phrase("There is no number {value}.", value=str(value)[:30]))
    return value

"""Pages of a list, newest first, and the cursors that lead from one to the next."""

import base64
from collections.abc import Callable
from typing import Any

from deskhand.adapters.sql.database import Row
from deskhand.adapters.sql.ids import LARGEST
from deskhand.ports.stores import BadCursor, Page

LIMIT = 1000
"""A page is never longer."""

_AFTER_ALL = b"\xff" * 16


def before_id(cursor: str | None) -> bytes:
    """The identifier that the page's items come before. Raises BadCursor."""
    return _AFTER_ALL if cursor is None else decoded(cursor, 16)


def before_number(cursor: str | None) -> int:
    """The number that the page's items come before. Raises BadCursor."""
    return LARGEST if cursor is None else int.from_bytes(decoded(cursor, 8), "big", signed=True)


def page(rows: list[Row], limit: int, make: Callable[[Row], Any], key: int = 0) -> Page:
    """A page of rows that were asked for with `wanted(limit)`; `key` is the place of the identifier in a row."""
    shown = rows[: wanted(limit) - 1]
    cursor = encoded(shown[-1][key]) if len(rows) > len(shown) else None
    return Page([make(row) for row in shown], cursor)


def wanted(limit: int) -> int:
    """How many rows to ask for: one more than are shown tells whether there is another page."""
    return min(max(limit, 1), LIMIT) + 1


def encoded(key: bytes | int) -> str:
    """The cursor behind a key."""
    raw = key.to_bytes(8, "big") if isinstance(key, int) else key
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decoded(cursor: str, size: int) -> bytes:
    """The key of a cursor, so many bytes. Raises BadCursor."""
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    except ValueError:
        raise BadCursor from None
    if len(raw) != size:
        raise BadCursor
    return raw

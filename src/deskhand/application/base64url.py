"""Bytes as text that can stand in an address (RFC 4648, section 5), without padding."""

import base64


def encoded(raw: bytes) -> str:
    """The bytes as letters, digits, `-` and `_`."""
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def decoded(text: str) -> bytes:
    """The bytes again. Raises ValueError for what is no such text."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)

"""What a host in a URL or an allow-list looks like, before anything is resolved."""

import re

_NUMERIC_END = re.compile(r"(?:.*\.)?(?:[0-9]+|0[xX][0-9a-fA-F]*)\.?", re.DOTALL)
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_NAME = re.compile(rf"{_LABEL}(?:\.{_LABEL})*\.?")


def looks_numeric(host: str) -> bool:
    """Whether some client would read the host as an IPv4 address: its last label is a number, hex included."""
    return _NUMERIC_END.fullmatch(host) is not None


def is_name(host: str) -> bool:
    """Whether the host is a DNS name in lower case and ASCII; a trailing dot is fine."""
    return len(host) <= 253 and _NAME.fullmatch(host) is not None

"""Web addresses: what is one, and which hosts of the own network a workspace opens."""

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit

_BRACKETED = re.compile(r"\[([0-9a-f:.]+(?:/\d{1,3})?)\](/\d{1,3})?(?::(\d{1,5}))?")
"""An IPv6 address or network of an allow-list, in brackets so that a port can follow."""

_NOT_IN_AN_ORIGIN = re.compile(r"[\s\\\x00-\x1f]")


def with_scheme(url: str) -> str:
    """The URL with `https://` in front where no protocol is given."""
    return url if "://" in url.split("{{", 1)[0].split("?", 1)[0] else "https://" + url


def address_of(url: str) -> SplitResult | None:
    """The parts of a whole URL, or None where it is no web address."""
    try:
        parts = urlsplit(with_scheme(url))
        host_is_literal = bool(parts.hostname) and (parts.port is not None or not parts.netloc.endswith(":"))
    except ValueError:  # brackets that hold no address, a port that is no number
        return None
    if parts.scheme not in ("http", "https") or not host_is_literal or _NOT_IN_AN_ORIGIN.search(parts.netloc):
        return None
    return parts


def host_is_listed(host: str, port: int | None, listed: frozenset[str]) -> bool:
    """Whether the allow-list opens the host: `host`, `host:port`, a CIDR, or a CIDR with port."""
    port = port or 80
    return any(_matches(entry, host.lower(), port) for entry in listed)


def _matches(entry: str, host: str, port: int) -> bool:
    bracketed = _BRACKETED.fullmatch(entry.lower())
    if bracketed:
        name, listed_port = bracketed[1] + (bracketed[2] or ""), bracketed[3]
    elif entry.count(":") == 1:
        name, _, listed_port = entry.lower().partition(":")
    else:
        name, listed_port = entry.lower(), None
    if listed_port and int(listed_port) != port:
        return False
    if name == host:
        return True
    try:
        return ipaddress.ip_address(host) in ipaddress.ip_network(name, strict=False)
    except ValueError:
        return False

"""The policy of the guarded edge: which URL and which addresses a request may go to. Pure; no I/O."""

import re
from dataclasses import dataclass
from functools import lru_cache

from yarl import URL

from deskhand.adapters.edge.addresses import OPENED_BY_NAME, Address, Kind, closed_kind, read_address
from deskhand.adapters.edge.allow_list import AllowList
from deskhand.adapters.edge.hosts import is_name, looks_numeric
from deskhand.domain.phrases import phrase
from deskhand.ports.http import Refused

# What parsers disagree about is left out: spaces, control characters, backslashes, all outside ASCII.
_URL = re.compile(
    r"(https?://(?:\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::[0-9]{1,5})?)(?:[/?#][!-\[\]-~]*)?",
    re.IGNORECASE | re.ASCII,
)
_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_AUTHORITY = re.compile(r"[^/?#]*")


@dataclass(frozen=True, slots=True, eq=False)
class Origin:
    """Where a URL leads, as read by the parser that the client connects with: there are no two readings."""

    host: str
    """In lower case, without brackets and without a trailing dot."""
    port: int
    plain: bool
    """Whether it is http rather than https."""
    address: Address | None
    """The host's address where the URL holds one instead of a name."""

    @property
    def where(self) -> str:
        """Host and port for a sentence."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    def same_as(self, other: "Origin") -> bool:
        """Whether both are one origin in the sense of the web: scheme, host and port."""
        return (self.plain, self.host, self.port) == (other.plain, other.host, other.port)


def read_origin(url: str) -> Origin:
    """The origin of an absolute, percent-encoded URL; raises Refused with what is wrong with the URL."""
    found = _URL.fullmatch(url)
    if found is None:
        raise Refused(_what_is_wrong(url))
    return _origin(found[1])


@lru_cache(maxsize=4096)
def _origin(text: str) -> Origin:
    try:
        url = URL(text, encoded=True)
        port = url.port
    except ValueError:
        raise Refused("The URL cannot be read: its host or port is not valid.") from None
    host = (url.raw_host or "").lower()
    if not port:
        raise Refused(phrase("The URL's port for {host} is not valid: it is a number from 1 to 65535.", host=host))
    address = _literal(host)
    if address is None and not is_name(host):
        raise Refused(phrase('The URL\'s host "{host}" is not a valid name.', host=host))
    return Origin(host.rstrip("."), port, url.scheme.lower() == "http", address)


def _what_is_wrong(url: str) -> str:
    scheme = _SCHEME.match(url)
    if scheme is None:
        return "The URL must be absolute and begin with https:// (or http:// for an allow-listed host)."
    authority = _AUTHORITY.match(url, scheme.end())
    if authority is not None and "@" in authority[0]:
        return "The URL holds a user name or password; put credentials into the connection instead."
    return "The URL cannot be read: a host is missing or not valid, or a character is not percent-encoded."


def _literal(host: str) -> Address | None:
    if ":" not in host and not looks_numeric(host):
        return None
    try:
        return read_address(host)
    except ValueError:
        raise Refused(
            phrase(
                'The URL\'s host "{host}" is an unusual form of an IP address; write it as four decimal numbers.',
                host=host,
            )
        ) from None


@dataclass(frozen=True, slots=True)
class Policy:
    """What one workspace may reach: every global address over https, and what its allow-list opens."""

    allow: AllowList

    def check_origin(self, origin: Origin) -> None:
        """Refuse what needs no resolving: a closed literal address, plain http that no entry can open."""
        if origin.address is not None:
            self.check_addresses(origin, (origin.host,))
        elif origin.plain and not self.allow.networks and not self.allow.names(origin.host, origin.port):
            raise Refused(_plain(origin))

    def check_addresses(self, origin: Origin, addresses: tuple[str, ...]) -> None:
        """Refuse unless every single address is global or opened by the allow-list."""
        reason = _reason_against(self.allow, origin, addresses)
        if reason is not None:
            raise Refused(reason)


@lru_cache(maxsize=4096)
def _reason_against(allow: AllowList, origin: Origin, addresses: tuple[str, ...]) -> str | None:
    by_name = origin.address is None and allow.names(origin.host, origin.port)
    all_listed = True
    for text in addresses:
        address = read_address(text)
        kind = closed_kind(address)
        if kind is not Kind.ZONED and allow.covers(address, origin.port):
            continue
        all_listed = False
        if kind is not None and not (by_name and kind in OPENED_BY_NAME):
            return _closed(origin, text, kind)
    return _plain(origin) if origin.plain and not (by_name or all_listed) else None


def _closed(origin: Origin, address: str, kind: Kind) -> str:
    what = (
        phrase("{address} is {kind}", address=address, kind=phrase(kind.value))
        if origin.address
        else phrase("{host} resolves to {address}, {kind}", host=origin.host, address=address, kind=phrase(kind.value))
    )
    if kind is Kind.ZONED:
        return phrase("{what}; nothing is ever sent there.", what=what)
    by_address = f"[{address}]:{origin.port}" if ":" in address else f"{address}:{origin.port}"
    entry = origin.where if kind in OPENED_BY_NAME else by_address
    return phrase(
        "{what}; nothing is sent there unless the workspace's allow-list has {entry}.", what=what, entry=entry
    )


def _plain(origin: Origin) -> str:
    return phrase(
        "{where} is asked for over plain http://, which is only for allow-listed hosts; "
        "use https:// or put {where} on the workspace's allow-list.",
        where=origin.where,
    )

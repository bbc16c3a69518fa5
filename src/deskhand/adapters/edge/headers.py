"""Headers on their way out: what a caller sets, what the edge sets itself, what crosses to another origin."""

import re
from collections.abc import Mapping
from functools import lru_cache

from deskhand import __version__
from deskhand.adapters.edge.policy import Origin
from deskhand.domain.phrases import phrase
from deskhand.ports.http import Refused

_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")

EVERY_REQUEST = {"User-Agent": f"Deskhand/{__version__}", "Accept-Encoding": "gzip, deflate"}
"""Sent with every request; a caller may name another User-Agent."""

_OWN = frozenset(
    {
        "accept-encoding",
        "connection",
        "content-length",
        "expect",
        "keep-alive",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)
"""About the connection and not about the call: the edge sets what is needed and leaves out what a caller gives,
which commands pasted from a browser do."""

_HARMLESS = frozenset({"accept", "accept-language", "user-agent"})


def wire_headers(headers: Mapping[str, str], origin: Origin) -> dict[str, str]:
    """The caller's headers to send; raises Refused for one that could split the request or name another host."""
    wire = {}
    for name, value in headers.items():
        lower = _checked_name(name)
        if _CONTROL.search(value) is not None:
            raise Refused(
                phrase("The value of the header {name} holds a line break or another control character.", name=name)
            )
        if lower == "host":
            _check_host(value, origin)
        elif lower not in _OWN:
            wire[name] = value
    return wire


@lru_cache(maxsize=1024)
def _checked_name(name: str) -> str:
    if _NAME.fullmatch(name) is None:
        raise Refused(phrase("The header name {name!a} is not valid.", name=name))
    return name.lower()


def _check_host(value: str, origin: Origin) -> None:
    if value.lower() not in (origin.where, origin.host):
        raise Refused(phrase("The header Host differs from the URL's host {host}; leave it out.", host=origin.host))


def harmless(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers that may go to another origin: none that could be a credential."""
    return {name: value for name, value in headers.items() if name.lower() in _HARMLESS}

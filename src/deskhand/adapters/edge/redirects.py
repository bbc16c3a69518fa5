"""Following a redirect: what the next request is, or why there is none. Pure; no I/O."""

from collections.abc import Mapping
from dataclasses import replace

from yarl import URL

from deskhand.adapters.edge.headers import harmless
from deskhand.adapters.edge.policy import read_origin
from deskhand.domain.phrases import phrase
from deskhand.ports.http import OutwardRequest, Refused

MOST_REDIRECTS = 5
READS = frozenset({"GET", "HEAD", "OPTIONS"})

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ABOUT_THE_BODY = frozenset({"content-type", "content-encoding", "content-language", "content-location", "digest"})


def redirect_location(status: int, headers: Mapping[str, str]) -> str | None:
    """Where an answer leads on to, or None where it is the final one."""
    return headers.get("Location") if status in _REDIRECTS else None


def redirected(request: OutwardRequest, status: int, location: str) -> OutwardRequest:
    """The request that follows a redirect; raises Refused where following it would carry too much elsewhere.

    It is not checked against the policy: that happens when it is sent, like every request.
    """
    here = read_origin(request.url)
    try:
        url = str(URL(request.url, encoded=True).join(URL(location)).with_fragment(None))
    except ValueError:
        raise Refused(phrase("{where} redirects to an address that cannot be read.", where=here.where)) from None
    there = read_origin(url)
    following = _as_read(request) if _becomes_read(request.method, status) else request
    if here.same_as(there):
        return replace(following, url=url)
    if following.method not in READS or following.body is not None:
        raise Refused(
            phrase(
                "{where} redirects this {method} to another origin, {there}; a call with a body, or "
                "one that changes something, is not repeated there. If that is meant, call that address directly.",
                where=here.where,
                method=request.method,
                there=there.where,
            )
        )
    return replace(following, url=url, headers=harmless(following.headers))


def _becomes_read(method: str, status: int) -> bool:
    return (status == 303 and method != "HEAD") or (status in (301, 302) and method == "POST")


def _as_read(request: OutwardRequest) -> OutwardRequest:
    headers = {name: value for name, value in request.headers.items() if name.lower() not in _ABOUT_THE_BODY}
    return replace(request, method="GET", headers=headers, body=None, idempotent=True)

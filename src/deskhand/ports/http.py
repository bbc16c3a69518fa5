"""Outward HTTP as the application sees it: one request out, an answer or one of three failures back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Literal, Protocol

from deskhand.domain.errors import DeskhandError


@dataclass(frozen=True, slots=True)
class OutwardRequest:
    """One request, ready for the wire: credentials are in it, so it is never logged."""

    method: str
    url: str
    """Absolute, already percent-encoded."""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    idempotent: bool = False
    """Whether repeating it is harmless. A call that is not idempotent takes a fresh connection."""
    timeout: float = 120.0
    """Seconds for the whole exchange, connecting and reading included; 120 at most."""
    largest: int | None = None
    """Bytes of the answer's body that are read; None for the usual cap."""
    follows: bool = True
    """Whether redirects are followed; else they are the answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. A 2xx whose body cannot be read is still an answer: the call happened."""

    status: int
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes
    """Decompressed, at most the size cap."""
    milliseconds: int
    problem: str | None = None
    """Why the body is incomplete (too large, cut off, undecodable), or None."""


Cause = Literal["blocked", "name", "tls", "refused", "credentials", "timeout", "broken", "other"]
"""Why no answer came: the guard, DNS, the certificate, nobody listens, an MCP server that turned the credentials down,
too slow, the connection broke."""


class OutwardError(DeskhandError):
    """The request did not come to an answer."""

    cause: Cause

    def __init__(self, sentence: str | None = None, cause: Cause | None = None) -> None:
        super().__init__(sentence)
        self.cause = cause or self.usual

    usual: ClassVar[Cause] = "other"


class Refused(OutwardError):
    """The guard does not let this request out."""

    usual = "blocked"


class NotSent(OutwardError):
    """No connection could be made, so nothing was sent."""


class OutcomeUnknown(OutwardError):
    """The request may have been carried out, but no answer came."""


class Http(Protocol):
    """The one way out."""

    async def send(self, workspace: str, request: OutwardRequest, allowed: frozenset[str]) -> Answer:
        """Send one request, once, and return its answer.

        allowed: the workspace's allow-list of internal hosts, each `host:port` or `CIDR:port` or without port.
        Raises Refused, NotSent or OutcomeUnknown; never retries by itself.
        """
        ...

    async def close(self) -> None:
        """Close all pooled connections."""
        ...

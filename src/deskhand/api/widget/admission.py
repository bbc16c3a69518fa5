"""Whom the visitor service lets in: checked for every call, before its body is read."""

from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import Depends, Request

from deskhand.api.bodies import OpenRoute
from deskhand.api.cookies import own_origin
from deskhand.api.errors import ForeignOrigin
from deskhand.api.models import ConversationId
from deskhand.application.engine import Receipt
from deskhand.application.services import Services
from deskhand.application.tries import network
from deskhand.application.visitors import Guest, UnknownVisitor, Visitors
from deskhand.domain import events as e
from deskhand.domain.agent import Agent
from deskhand.domain.state import Conversation

USER = "x-deskhand-user"
What = Literal["session", "conversation", "message", "event", "call", "upload"]


@dataclass(frozen=True, slots=True)
class Admitted:
    """A guest, and where the call comes from."""

    services: Services
    guest: Guest
    address: str

    @property
    def workspace(self) -> str:
        return self.guest.workspace

    def take(self, what: What) -> None:
        """Count what the guest does. Raises TooFast."""
        self.services.visitors.paces.take(what, self.guest.name, self.address)


@dataclass(frozen=True, slots=True)
class Owned:
    """A guest in a conversation of theirs."""

    who: Admitted
    state: Conversation
    seq: int

    @property
    def id(self) -> str:
        return self.state.id

    async def post(self, event: e.Event, event_id: str | None = None) -> Receipt:
        """Take in what the guest brings. Raises RuleError where it is not allowed now, and TooFast."""
        self.who.take("event")
        return await self.who.services.visitors.post(self.who.guest, self.state, event, event_id)


class VisitorRoute(OpenRoute):
    """A route for whoever has a visitor token; cookies and API keys mean nothing here."""

    async def admit(self, request: Request) -> None:
        """Find out who is calling. Raises UnknownVisitor, IdentityRefused and ForeignOrigin."""
        visitors: Visitors = request.app.state.services.visitors
        guest = await visitors.admit(token_of(request), user_token_of(request))
        check_origin(request, guest.agent)
        admitted = Admitted(request.app.state.services, guest, address_of(request))
        admitted.take("call")
        request.state.admitted = admitted


class FileRoute(VisitorRoute):
    """The same for files."""

    reads_json = False


def token_of(request: Request) -> str:
    """The visitor token. Raises UnknownVisitor where there is none."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise UnknownVisitor
    return token.strip()


def user_token_of(request: Request) -> str | None:
    """The user token, which proves who the visitor is; None for somebody unknown."""
    return request.headers.get(USER)


def address_of(request: Request) -> str:
    """Where a call comes from, as far as calls are counted."""
    return network(request.client.host) if request.client else ""


def check_origin(request: Request, agent: Agent) -> None:
    """Raises ForeignOrigin for pages that the agent is not for; the full page of this server is always one of its own.

    Browsers name the page in whatever it sends elsewhere; only what is read from the own server comes without.
    """
    allowed = agent.widget.origins
    origins = request.headers.getlist("origin")
    if not allowed or (not origins and request.method in ("GET", "HEAD")):
        return
    if len(origins) != 1 or origins[0].lower() not in (*allowed, own_origin(request)):
        raise ForeignOrigin("This agent's widget may be used on its own company's pages only.")


async def _admitted(request: Request) -> Admitted:
    admitted: Admitted = request.state.admitted  # the route let them in before it read the body
    return admitted


Visiting = Annotated[Admitted, Depends(_admitted)]
"""Whoever calls, with a valid token."""


async def owned(who: Admitted, conversation: str) -> Owned:
    """A conversation of this guest. Raises NotFound."""
    found = await who.services.visitors.own(who.guest, conversation)
    return Owned(who, found.state, found.seq)


async def _owned(who: Visiting, id: ConversationId) -> Owned:
    """The one place where it is looked up whose a conversation is. Raises NotFound."""
    return await owned(who, id)


Own = Annotated[Owned, Depends(_owned)]
"""A conversation that is the caller's own."""

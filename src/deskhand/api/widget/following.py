"""A visitor follows a conversation: what customers may see of it, as it happens."""

from fastapi import APIRouter, Request
from starlette.types import Receive, Scope, Send

from deskhand.api.models import After, ConversationId, Shown
from deskhand.api.streams import Chunks, Followed, Heartbeat, LastEventId, Stream, follow
from deskhand.api.widget.admission import Own, Owned, VisitorRoute, token_of, user_token_of
from deskhand.api.widget.standing import entry_of
from deskhand.application.identity import IdentityRefused
from deskhand.application.visitors import UnknownVisitor
from deskhand.ports.stores import NotFound

router = APIRouter(prefix="/v1/widget/conversations", tags=["Widget"], route_class=VisitorRoute)

FRESH = 5_000
"""Milliseconds for which a stream goes on without another look where nothing was written meanwhile."""


@router.get("/{id}/events", response_class=Stream, status_code=200, summary="Follow a visitor's conversation")
async def follow_own_conversation(
    request: Request,
    own: Own,
    id: ConversationId,
    heartbeat: Heartbeat,
    after: After = 0,
    last_event_id: LastEventId = None,
) -> Stream:
    """Every entry that customers may see, once and in order: `event: entry`, with its `seq` as `id`.

    `event: writing` tells the agent's words so far, `event: typing` which members are typing, and `event: settings`
    whether scripts may run in the page, whenever that changes. The stream ends with the user token that it began with.
    """
    watch = _Watch(own, token_of(request), user_token_of(request))
    who = own.who
    followed = Followed(who.services, who.workspace, id, heartbeat, watch.may_follow, entry_of, watch.news)
    return CountedStream(own, follow(followed, after if last_event_id is None else last_event_id))


class ScriptsAllowed(Shown):
    """Whether scripts may run in the page, from now on."""

    scripts: bool


class CountedStream(Stream):
    """A stream that counts among its visitor's and its address's for as long as it lasts."""

    def __init__(self, own: Owned, chunks: Chunks) -> None:
        """Raises TooFast where there are too many already."""
        super().__init__(chunks)
        self._paces, self._held = own.who.services.visitors.paces, (own.who.guest.name, own.who.address)
        self._paces.take_stream(*self._held)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._paces.give_stream_back(*self._held)


class _Watch:
    """Looks again and again whether a stream may go on, and whether scripts may still run in the page."""

    def __init__(self, own: Owned, token: str, user_token: str | None) -> None:
        self._who, self._id = own.who, own.id
        self._tokens = token, user_token
        self._known: tuple[int, int] | None = None
        """The conversation's version and the catalogue's number when all was in order."""
        self._until = 0
        self._scripts = self._told = True

    async def may_follow(self) -> bool:
        """Whether the conversation is still this guest's, and both tokens are good."""
        services, workspace, now = self._who.services, self._who.workspace, self._who.services.clock.now()
        version = self._known[0] if self._known else 0
        loaded = await services.stores.conversations.load(workspace, self._id, version)
        if loaded is None:
            return False
        known = loaded.version, loaded.catalogue
        if known == self._known and now < self._until:  # while the agent writes, this is asked many times a second
            return True
        try:
            guest = await services.visitors.admit(*self._tokens)
            await services.visitors.own(guest, self._id)
        except (UnknownVisitor, IdentityRefused, NotFound):
            return False
        self._scripts = (await services.visitors.snapshot(workspace)).scripts
        self._known, self._until = known, now + FRESH
        return True

    async def news(self) -> tuple[str, Shown] | None:
        """Whether scripts may run, where that is another than before."""
        if self._scripts == self._told:
            return None
        self._told = self._scripts
        return "settings", ScriptsAllowed(scripts=self._scripts)

"""Visitors of the widget: who they are, which conversations are theirs, and what they bring in."""

import hashlib
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

from deskhand.application.catalogue import Catalogues, Snapshot
from deskhand.application.configuration import Configuration
from deskhand.application.contacts import Contacts
from deskhand.application.engine import Engine, Receipt
from deskhand.application.identity import Identity, IdentityRefused, User
from deskhand.application.pace import Pace, Slots
from deskhand.application.visitor_tokens import Visit, VisitorTokens
from deskhand.domain import events as e
from deskhand.domain.agent import Agent
from deskhand.domain.contact import NAMED, Contact
from deskhand.domain.errors import DeskhandError
from deskhand.domain.state import Conversation
from deskhand.domain.stored import load
from deskhand.domain.widget import Visitor, public_name
from deskhand.ports.clock import Clock
from deskhand.ports.stores import NotFound, Stores

CHANNEL = "widget"
LOOKED_THROUGH = 10
"""A visitor's newest conversations, among which an open one is looked for."""
_NO_AGENT = "There is no such agent: its name looks like ws_….sales, as the dashboard shows it."
_NO_CONVERSATION = "There is no such conversation."


class UnknownVisitor(DeskhandError):
    """This visitor is not known, or not any more: begin a session with `POST /v1/widget/sessions`."""


@dataclass(frozen=True, slots=True)
class Guest:
    """Whoever a call of the visitor service comes from, looked up for this very call."""

    visit: Visit
    agent: Agent
    user: User | None = None

    @property
    def workspace(self) -> str:
        return self.visit.workspace

    @property
    def name(self) -> str:
        """Under which they are counted."""
        return f"{self.workspace}/{self.visit.visitor}"


@dataclass(frozen=True, slots=True)
class Owned:
    """A conversation that is a guest's own, as it was looked up."""

    state: Conversation
    seq: int


@dataclass(frozen=True, slots=True)
class Opening:
    """How a visitor's conversation begins."""

    conversation: str
    event_id: str
    language: str
    visited: e.Visited = field(default_factory=e.Visited)


class Paces:
    """How much of the service one visitor, or one household, may use."""

    def __init__(self, clock: Clock) -> None:
        self._paces = {
            # what is counted: so many of one visitor, so many of one address, in so many seconds
            "session": (Pace(clock, 120, 600), Pace(clock, 300, 600)),
            "conversation": (Pace(clock, 20, 600), Pace(clock, 200, 600)),
            "message": (Pace(clock, 30, 60), Pace(clock, 240, 60)),
            "event": (Pace(clock, 120, 60), Pace(clock, 960, 60)),
            "call": (Pace(clock, 300, 60), Pace(clock, 2400, 60)),
            "upload": (Pace(clock, 20, 600), Pace(clock, 100, 600)),
        }
        self._streams = Slots(10), Slots(200)
        self._uploads = Slots(4, wait=5), Slots(24, wait=5)

    def take(self, what: str, visitor: str | None, address: str) -> None:
        """Count one. Raises TooFast."""
        of_visitor, of_address = self._paces[what]
        if visitor is not None:
            of_visitor.take(visitor)
        of_address.take(address)

    def take_stream(self, visitor: str, address: str) -> None:
        """Count a stream that begins. Raises TooFast."""
        with ExitStack() as held:
            for slots, name in zip(self._streams, (visitor, address), strict=True):
                slots.take(name)
                held.callback(slots.give_back, name)
            held.pop_all()

    @contextmanager
    def uploading(self, address: str) -> Iterator[None]:
        """While a file comes in: only so many are held in memory at a time, and few of one address. Raises TooFast."""
        with ExitStack() as held:
            for slots, name in zip(self._uploads, (address, ""), strict=True):
                slots.take(name)
                held.callback(slots.give_back, name)
            yield

    def give_stream_back(self, visitor: str, address: str) -> None:
        """A stream has ended."""
        for slots, name in zip(self._streams, (visitor, address), strict=True):
            slots.give_back(name)


class Visitors:
    """Use cases of the widget's visitors."""

    def __init__(
        self, stores: Stores, catalogues: Catalogues, configuration: Configuration, contacts: Contacts,
        engine: Engine, identity: Identity, tokens: VisitorTokens, clock: Clock,
    ) -> None:  # fmt: skip
        self._stores = stores
        self._catalogues = catalogues
        self._configuration = configuration
        self._contacts = contacts
        self._engine = engine
        self._clock = clock
        self.identity = identity
        self.tokens = tokens
        self.paces = Paces(clock)

    async def snapshot(self, workspace: str) -> Snapshot:
        """What the workspace has published at this moment."""
        return await self._catalogues.at(workspace, await self._stores.conversations.catalogue(workspace))

    async def agent(self, name: str) -> tuple[str, Agent]:
        """The workspace and the agent behind a public name. Raises NotFound."""
        named = public_name(name)
        if named is None:
            raise NotFound(_NO_AGENT)
        return named.workspace, await self._agent(named.workspace, named.agent)

    async def begin(self, name: str, earlier: str | None, user_token: str | None) -> Guest:
        """A visitor who opens a page: the one whom an earlier token of this agent names, or a new one.

        Raises NotFound and IdentityRefused.
        """
        workspace, agent = await self.agent(name)
        known = self.tokens.read(earlier) if earlier else None
        same = known is not None and (known.workspace, known.agent) == (workspace, agent.slug)
        visit = known if known is not None and same else self.tokens.fresh(workspace, agent.slug)
        return await self._guest(visit, agent, user_token)

    async def admit(self, token: str, user_token: str | None) -> Guest:
        """Whoever a call comes from. Raises UnknownVisitor and IdentityRefused."""
        visit = self.tokens.read(token)
        if visit is None:
            raise UnknownVisitor
        try:
            agent = await self._agent(visit.workspace, visit.agent)
        except NotFound:
            raise UnknownVisitor from None
        return await self._guest(visit, agent, user_token)

    async def own(self, guest: Guest, conversation: str) -> Owned:
        """A conversation that is this guest's: the only way to one. Raises NotFound for everybody else's."""
        try:
            row = await self._stores.conversations.get(guest.workspace, conversation)
        except NotFound:
            raise NotFound(_NO_CONVERSATION) from None
        state = load(Conversation, row.state)
        if not is_own(guest, state):
            raise NotFound(_NO_CONVERSATION)
        return Owned(state, row.seq)

    async def latest(self, guest: Guest) -> Conversation | None:
        """The guest's newest conversation that is open still."""
        for owner in _owners(guest):
            for one in await self._stores.visits.latest(guest.workspace, guest.agent.slug, owner, LOOKED_THROUGH):
                try:
                    state = (await self.own(guest, one)).state
                except NotFound:
                    continue
                if state.status == "open":
                    return state
        return None

    async def open(self, guest: Guest, wanted: Opening) -> Receipt:
        """Open a conversation; sent again, nothing new is opened. Raises NotFound where the id is another's."""
        workspace, id = guest.workspace, wanted.conversation
        if await self._stores.conversations.load(workspace, id) is None:
            await self._note(guest, id)
            about: dict[str, Any] = {"agent": guest.agent.slug}
            about["visitor"] = Visitor(id=guest.visit.visitor, user=guest.user.id if guest.user else None)
            if guest.user is not None:
                about["contact"] = await self._contacts.known(workspace, guest.user.contact, id)
            opened = await self._engine.open(
                workspace, CHANNEL, wanted.language, first=wanted.visited, event_id=f"{wanted.event_id}#visit",
                conversation=id, about=about,
            )  # fmt: skip
            if not opened.duplicate:
                return opened
        return Receipt(id, (await self.own(guest, id)).seq, duplicate=True)

    async def post(self, guest: Guest, state: Conversation, event: e.Event, event_id: str | None = None) -> Receipt:
        """Take in what a guest brings into a conversation of theirs. Raises RuleError where it is not allowed now."""
        await self._identify(guest, state)
        return await self._engine.handle(guest.workspace, state.id, event, event_id)

    async def speak(self, guest: Guest, state: Conversation, locale: str) -> None:
        """Go on in the language of the page, where it is another than before."""
        language, _, region = locale.replace("_", "-").partition("-")
        if language.lower() == state.language.partition("-")[0]:
            return
        spoken = "-".join([language.lower(), *re.findall(r"^\w{2,8}", region)])
        await self.post(guest, state, e.VariablesGiven(language=spoken))

    async def language(self, workspace: str) -> str:
        """Of conversations that are opened without one."""
        return (await self._stores.preferences.get(workspace)).language

    async def _agent(self, workspace: str, slug: str) -> Agent:
        try:
            snapshot = await self.snapshot(workspace)
            agent = snapshot.agents.get(slug) or await self._configuration.agent(workspace, slug)
        except NotFound:
            raise NotFound(_NO_AGENT) from None
        if agent.kind != "customer":
            raise NotFound(_NO_AGENT)
        return agent

    async def _guest(self, visit: Visit, agent: Agent, user_token: str | None) -> Guest:
        if user_token is not None:
            return Guest(visit, agent, await self.identity.verify(visit.workspace, user_token))
        if agent.widget.require_identity:
            raise IdentityRefused("Only customers who are signed in on this page may talk here.")
        return Guest(visit, agent)

    async def _identify(self, guest: Guest, state: Conversation) -> None:
        """Note who the host page proves the guest to be, where that is news; the conversation is then theirs alone."""
        user = guest.user
        assert state.visitor is not None
        if user is None or (state.visitor.user == user.id and _says_nothing_new(user.contact, state.contact)):
            return
        known = await self._contacts.known(guest.workspace, user.contact, state.id)
        if state.visitor.user is None:
            await self._note(guest, state.id)
        elif known == state.contact:
            return
        await self._engine.handle(guest.workspace, state.id, e.Identified(contact=known, user=user.id))

    async def _note(self, guest: Guest, conversation: str) -> None:
        owner = _owners(guest)[0]
        await self._stores.visits.note(guest.workspace, guest.agent.slug, owner, conversation, self._clock.now())


def is_own(guest: Guest, state: Conversation) -> bool:
    """Whether a conversation is this guest's: of a verified user, or else of exactly this browser."""
    visitor = state.visitor
    if visitor is None or state.agent != guest.agent.slug:
        return False
    if visitor.user is not None:
        return guest.user is not None and guest.user.id == visitor.user
    return visitor.id == guest.visit.visitor


def _owners(guest: Guest) -> list[bytes]:
    """Under what a guest's conversations are found, the strongest first."""
    names = [*([f"user\0{guest.user.id}"] if guest.user else []), f"visitor\0{guest.visit.visitor}"]
    return [hashlib.blake2b(name.encode(), digest_size=16).digest() for name in names]


def tells_news(state: Conversation, said: e.VariablesGiven) -> bool:
    """Whether a page says what it has not said yet; pages say the same whenever they are loaded."""
    if any(state.prefilled.get(name) != value for name, value in said.variables.items()):
        return True
    if state.status != "open":  # who only looks around after all is done
        return False
    return any(state.attributes.get(name) != value for name, value in said.attributes.items())


def _says_nothing_new(said: Contact, known: Contact | None) -> bool:
    """Whether all that a token says is known already."""
    if known is None:
        return False
    fields = all(getattr(said, name) in (None, getattr(known, name)) for name in NAMED)
    return fields and all(known.attributes.get(name) == value for name, value in said.attributes.items())

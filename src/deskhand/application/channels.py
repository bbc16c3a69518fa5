"""Channels: setting them up, and taking in what their platforms bring."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from deskhand.application.catalogue import Catalogues
from deskhand.application.configuration import Configuration
from deskhand.application.contacts import Contacts
from deskhand.application.engine import Engine
from deskhand.application.ids import fresh_id
from deskhand.application.signing import free_name, fresh_secret
from deskhand.domain import events as e
from deskhand.domain.channel import Channel, Incoming
from deskhand.domain.contact import Contact
from deskhand.domain.errors import DeskhandError, RuleError
from deskhand.domain.phrases import joined, phrase
from deskhand.domain.plain_text import answer
from deskhand.domain.state import Conversation
from deskhand.domain.stored import load
from deskhand.domain.webhook import SECRET_PREFIX, is_signed
from deskhand.ports.clock import Clock
from deskhand.ports.stores import NotFound, Stores
from deskhand.ports.vault import CannotUnseal

MOST = 50
"""Channels of one workspace."""
_NOBODYS = SECRET_PREFIX + "AAAA"


class NotSigned(DeskhandError):
    """That is not signed as this channel's messages have to be, or it is more than five minutes old."""


@dataclass(frozen=True, slots=True)
class MadeChannel:
    """A channel, and its secret, which is shown once."""

    channel: Channel
    secret: str | None


@dataclass(frozen=True, slots=True)
class Signed:
    """What a platform's request says about itself: the three headers of Standard Webhooks."""

    id: str
    timestamp: str
    signatures: str


@dataclass(frozen=True, slots=True)
class TakenIn:
    """An event was committed, and in which conversation."""

    conversation: str
    duplicate: bool


class Channels:
    """Use cases about channels."""

    def __init__(
        self, stores: Stores, configuration: Configuration, catalogues: Catalogues, contacts: Contacts,
        engine: Engine, clock: Clock,
    ) -> None:  # fmt: skip
        self._stores = stores
        self._configuration = configuration
        self._catalogues = catalogues
        self._contacts = contacts
        self._engine = engine
        self._clock = clock

    async def all(self, workspace: str) -> list[Channel]:
        """All channels of a workspace."""
        rows = await self._stores.settings.documents(workspace, "channel")
        return [Channel.model_validate_json(row.document) for row in rows]

    async def get(self, workspace: str, slug: str) -> Channel:
        """One channel. Raises NotFound."""
        row = await self._stores.settings.document(workspace, "channel", slug)
        return Channel.model_validate_json(row.document)

    async def put(self, workspace: str, slug: str, fields: Mapping[str, Any], by: str) -> MadeChannel:
        """Make a channel with a secret of its own, or change one, which keeps its secret.

        Raises RuleError, NotFound where its agent is not there, and pydantic's ValidationError.
        """
        try:
            name, secret = (await self.get(workspace, slug)).secret, None
        except NotFound:
            if len(await self.all(workspace)) >= MOST:
                raise RuleError(
                    phrase("A workspace has at most {most} channels: remove one first.", most=MOST)
                ) from None
            name, secret = await free_name(self._stores, workspace, "CHANNEL", slug), fresh_secret(self._clock)
        channel = Channel.model_validate({**fields, "slug": slug, "secret": name})
        await self._configuration.agent(workspace, channel.agent)
        if secret is not None:
            await self._configuration.put_own_secret(workspace, name, secret, by)
        await self._configuration.put_channel(workspace, channel, by)
        return MadeChannel(channel, secret)

    async def new_secret(self, workspace: str, slug: str, by: str) -> MadeChannel:
        """Replace a channel's secret; from now on nothing that is signed with the old one is taken in."""
        channel = await self.get(workspace, slug)
        secret = fresh_secret(self._clock)
        await self._configuration.put_own_secret(workspace, channel.secret, secret, by)
        return MadeChannel(channel, secret)

    async def remove(self, workspace: str, slug: str, by: str) -> None:
        """Remove a channel with its secret; its conversations stay, and whoever writes there again begins anew."""
        channel = await self.get(workspace, slug)
        await self._configuration.remove(workspace, "channel", slug, by)
        await self._stores.channels.forget(workspace, slug)
        with suppress(RuleError, NotFound):
            await self._configuration.remove_secret(workspace, channel.secret, by)

    async def disable(self, workspace: str, slug: str, reason: str) -> None:
        """Switch a channel off because its platform asked for it."""
        channel = await self.get(workspace, slug)
        changed = channel.model_copy(update={"enabled": False, "disabled_reason": reason})
        await self._configuration.put_channel(workspace, changed, "engine")

    async def verified(self, workspace: str, slug: str, signed: Signed, body: bytes) -> Channel:
        """The channel that a request is signed for. Raises NotSigned, and never says which part is wrong."""
        try:
            text = body.decode()
            channel = await self.get(workspace, slug)
            secret = await self._catalogues.stored_secret(workspace, channel.secret)
        except (NotFound, CannotUnseal, UnicodeDecodeError):
            is_signed(_NOBODYS, signed.id, signed.timestamp, signed.signatures, "", self._clock.now())
            raise NotSigned from None
        if not is_signed(secret, signed.id, signed.timestamp, signed.signatures, text, self._clock.now()):
            raise NotSigned
        return channel

    async def take(
        self, workspace: str, channel: Channel, external: str, event_id: str, contact: Contact | None,
        said: str | Incoming | None,
    ) -> TakenIn:  # fmt: skip
        """Take in what a customer of a platform brought: words, a thumb, or a click or form that names its question.

        external: what the platform calls the conversation, which is opened where nobody has written there yet.
        Raises RuleError where the channel is switched off, or the event is not allowed now.
        """
        if not channel.enabled:
            off = phrase("The channel `{slug}` is switched off.", slug=channel.slug)
            raise RuleError(joined((off, channel.disabled_reason)) if channel.disabled_reason else off)
        fresh = fresh_id("conv", self._clock)
        conversation = await self._stores.channels.bind(workspace, channel.slug, external, fresh)
        if await self._stores.conversations.load(workspace, conversation) is None:
            await self._open(workspace, channel, conversation, contact)
        elif contact is not None:
            await self._identify(workspace, conversation, contact, event_id)
        if said is None:
            return TakenIn(conversation, duplicate=False)
        receipt = await taken_in(self._stores, self._engine, workspace, conversation, said, event_id)
        return TakenIn(conversation, receipt)

    async def _open(self, workspace: str, channel: Channel, conversation: str, contact: Contact | None) -> None:
        known = None if contact is None else await self._contacts.known(workspace, contact, conversation)
        about = {"agent": channel.agent, "medium": channel.medium, "direction": channel.direction, "contact": known}
        await self._engine.open(
            workspace, channel.slug, channel.language, channel.region, conversation=conversation, about=about
        )

    async def _identify(self, workspace: str, conversation: str, contact: Contact, event_id: str) -> None:
        """Set the contact where the platform says something new of it."""
        before = (await state_of(self._stores, workspace, conversation)).contact
        given = contact.model_dump(exclude_unset=True)
        if before is not None and all(getattr(before, name) == value for name, value in given.items()):
            return
        known = await self._contacts.known(workspace, contact, conversation)
        if known != before:
            await self._engine.handle(workspace, conversation, e.Identified(contact=known), f"{event_id}#contact")


async def state_of(stores: Stores, workspace: str, conversation: str) -> Conversation:
    """A conversation as it is stored. Raises NotFound."""
    return load(Conversation, (await stores.conversations.get(workspace, conversation)).state)


async def taken_in(
    stores: Stores, engine: Engine, workspace: str, conversation: str, said: str | Incoming, event_id: str
) -> bool:
    """Give a conversation what its customer brought; words may fill in a form or press a button.

    Gives whether the event was known already.
    """
    if not isinstance(said, str):
        return (await engine.handle(workspace, conversation, said, event_id)).duplicate
    event = answer(await state_of(stores, workspace, conversation), said)
    try:
        return (await engine.handle(workspace, conversation, event, event_id)).duplicate
    except RuleError:
        if isinstance(event, e.Said):
            raise
        # what stood before the customer has gone in this moment: then these are just words
        return (await engine.handle(workspace, conversation, e.Said(text=said), event_id)).duplicate

"""Understanding a customer and speaking to them: with the model that is set up, and offline where it cannot.

A customer is never stuck: whatever is wrong with a model, the offline understanding answers, and what happened stands
in the exchanges and in a note.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from deskhand.application.catalogue import Catalogues, Snapshot
from deskhand.application.model_limits import Limits
from deskhand.domain.agent import Agent
from deskhand.domain.commands import Command
from deskhand.domain.errors import DeskhandError
from deskhand.domain.grounding import Grounds, settled
from deskhand.domain.language_model import DEFAULT_MODEL, OFFLINE, LanguageModel, Spent
from deskhand.domain.phrasing import plain_list
from deskhand.domain.values import text_of
from deskhand.ports.clock import Clock
from deskhand.ports.language_model import (
    Access,
    Cause,
    Embedded,
    Exchange,
    Facts,
    LanguageModels,
    ModelFailed,
    OnText,
    Phrased,
    Understood,
)  # fmt: skip
from deskhand.ports.stores import Stores
from deskhand.ports.understanding import Context, Embed, Understanding

TRIES = 2
AGAIN: frozenset[Cause] = frozenset({"refused", "malformed", "unreachable"})
"""Failures after which the model is asked once more; a customer who waited for a time-out does not wait for another."""

Vectors = tuple[tuple[float, ...], ...]
T = TypeVar("T", Understood, Phrased, Embedded)
_NOTHING = Spent()


@dataclass(frozen=True, slots=True)
class Read:
    """What a message comes to."""

    commands: tuple[Command, ...]
    exchanges: tuple[Exchange, ...] = ()
    """Everything that a model was asked for it, failed tries too."""
    note: str | None = None
    """Why it was understood offline although a model is set up."""

    @property
    def spent(self) -> Spent:
        """What it used, to be added to the conversation's."""
        return spent_by(self.exchanges)


@dataclass(frozen=True, slots=True)
class Worded:
    """Words for an action's result: a model's that say nothing but the facts, else a plain list of these."""

    text: str
    exchanges: tuple[Exchange, ...] = ()
    note: str | None = None

    @property
    def spent(self) -> Spent:
        """What it used, to be added to the conversation's."""
        return spent_by(self.exchanges)


def spent_by(exchanges: Sequence[Exchange]) -> Spent:
    """What exchanges used together."""
    return Spent(cost=sum(one.cost for one in exchanges), tokens=sum(one.tokens for one in exchanges))


@dataclass(slots=True)
class _Asking:
    """One piece of work for a model, with what came of it so far."""

    workspace: str
    model: LanguageModel
    snapshot: Snapshot
    spent: Spent
    exchanges: list[Exchange] = field(default_factory=list)
    note: str | None = None

    def so_far(self) -> Spent:
        """What the conversation has used by now."""
        mine = spent_by(self.exchanges)
        return self.spent.plus(mine.cost, mine.tokens)


class Reader:
    """Reads what customers say, and words what they are told."""

    def __init__(
        self, models: LanguageModels, offline: Understanding, catalogues: Catalogues, stores: Stores, clock: Clock
    ) -> None:
        self._models = models
        self._offline = offline
        self._catalogues = catalogues
        self._limits = Limits(stores.spending, clock)

    def immediate(self, snapshot: Snapshot, agent: Agent) -> bool:
        """Whether this agent's messages are understood without a model, in milliseconds."""
        return model_of(snapshot, agent) is None

    async def offline(self, context: Context) -> Read:
        """The commands in a message, without a model."""
        return Read(await self._offline.understand(context))

    async def read(
        self,
        workspace: str,
        agent: Agent,
        snapshot: Snapshot,
        context: Context,
        spent: Spent = _NOTHING,
        on_text: OnText | None = None,
    ) -> Read:
        """The commands in a message. Never fails: what a model cannot do is understood offline.

        spent: what the conversation has used of models. on_text: is given an answer's text as it grows. A message that
        holds something which nobody may read, such as a PIN that was asked for, is for the offline understanding alone:
        read it with an agent whose model is `offline`.
        """
        model = model_of(snapshot, agent)
        if model is None or not any(sign.isalnum() for sign in context.text):
            return Read(await self._offline.understand(context))
        asking = _Asking(workspace, model, snapshot, spent)
        if model.only_embeddings:
            context = replace(context, embed=self._vectors(asking))
            return Read(await self._offline.understand(context), tuple(asking.exchanges), asking.note)
        found = await self._asked(
            asking, lambda access, complaint: self._models.understand(access, context, on_text, complaint)
        )
        if found is not None:
            return Read(found.commands, tuple(asking.exchanges))
        if on_text is not None:
            on_text("")  # what a broken answer had shown goes away
        return Read(await self._offline.understand(context), tuple(asking.exchanges), asking.note)

    async def phrase(
        self,
        workspace: str,
        agent: Agent,
        snapshot: Snapshot,
        facts: Facts,
        spent: Spent = _NOTHING,
        on_text: OnText | None = None,
    ) -> Worded:
        """Words for an action's result; a plain list of its fields where a model has none, or invents something.

        on_text: is given whole sentences, once it is known that they hold nothing but the facts.
        """
        plain = plain_list(facts.answer)
        model = model_of(snapshot, agent)
        if model is None or model.only_embeddings or not plain:
            return Worded(plain)
        asking = _Asking(workspace, model, snapshot, spent)
        grounds = Grounds((text_of(facts.answer),), heard=(facts.asked,))
        told = None if on_text is None else settled(on_text, grounds)
        found = await self._asked(asking, lambda access, _: self._models.phrase(access, facts, told))
        if found is None:
            return Worded(plain, tuple(asking.exchanges), asking.note)
        invented = grounds.invented(found.text)
        if invented:
            asking.note = f"The model's words hold what the action did not give ({', '.join(invented[:5])})."
            return Worded(plain, tuple(asking.exchanges), f"{asking.note} The plain list was said.")
        return Worded(found.text, tuple(asking.exchanges))

    def _vectors(self, asking: _Asking) -> Embed:
        """How texts become vectors with a model."""

        async def vectors(texts: Sequence[str]) -> Vectors | None:
            found = await self._asked(asking, lambda access, _: self._models.embed(access, texts))
            return None if found is None else found.vectors

        return vectors

    async def _asked(self, asking: _Asking, ask: Callable[[Access, str | None], Awaitable[T]]) -> T | None:
        """What the model gives, asked twice at most; None where that is nothing, with the reason noted."""
        workspace, model, complaint = asking.workspace, asking.model, None
        for _ in range(TRIES):
            asking.note = await self._limits.why_not(workspace, model, asking.so_far())
            access = None if asking.note else await self._access(asking)
            if access is None:
                return None
            self._limits.asking(workspace, model)
            try:
                found = await ask(access, complaint)
            except ModelFailed as failure:
                await self._count(asking, failure.exchange)
                self._limits.failed(workspace, model, failure)
                asking.note = complaint = failure.sentence
                if failure.cause not in AGAIN:
                    return None
                continue
            await self._count(asking, found.exchange)
            self._limits.worked(workspace, model)
            return found
        return None

    async def _count(self, asking: _Asking, exchange: Exchange | None) -> None:
        if exchange is not None:
            asking.exchanges.append(exchange)
        await self._limits.asked(asking.workspace, asking.model, exchange)

    async def _access(self, asking: _Asking) -> Access | None:
        """What it takes to reach the model; None, with the reason noted, where its key cannot be had."""
        try:
            return await access_to(self._catalogues, asking.workspace, asking.snapshot, asking.model)
        except DeskhandError as error:
            asking.note = error.sentence
            return None


def model_of(snapshot: Snapshot, agent: Agent) -> LanguageModel | None:
    """The model that understands for an agent: the one that it names, else the workspace's; None for offline."""
    if agent.model == OFFLINE:
        return None
    return snapshot.models.get(agent.model or DEFAULT_MODEL)


async def access_to(catalogues: Catalogues, workspace: str, snapshot: Snapshot, model: LanguageModel) -> Access:
    """A model with its key in clear. Raises NotFound or CannotUnseal."""
    key = await catalogues.secret(workspace, snapshot, model.secret) if model.secret else None
    return Access(workspace, model, snapshot.internal_hosts, key)

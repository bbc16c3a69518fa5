"""Conversations with front ends that were made for language models: each request holds all messages so far.

Which conversation a request belongs to, what is new in it, and what it is answered with: everything that the customer
was told since the answer before.
"""

import asyncio
import hashlib
import json
from collections import Counter
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from deskhand.application.channels import state_of, taken_in
from deskhand.application.engine import Engine
from deskhand.application.ids import fresh_id
from deskhand.application.streams import Listener, Streams
from deskhand.domain.channel import outgoing
from deskhand.domain.errors import DeskhandError, RuleError
from deskhand.domain.events import Said
from deskhand.domain.phrases import phrase
from deskhand.domain.sentences import sentence
from deskhand.ports.channels import Exchange
from deskhand.ports.clock import Clock
from deskhand.ports.stores import NotFound, Stores
from deskhand.ports.turns import Entry

CHANNEL = "openai"
AGAIN = 10 * 60 * 1000
"""Milliseconds within which the same messages can be the same request."""
AGAIN_BY_KEY = 24 * 3600 * 1000
"""The same where the request names itself."""
MOST_AT_ONCE = 200
"""Requests of one workspace that wait for their answers."""
BETWEEN = "\n\n"
"""Stands between two things that the customer is told."""
_AT_ONCE = 200


class TooManyAtOnce(DeskhandError):
    """Too many requests of this workspace wait for their answers: try again in a moment."""


@dataclass(frozen=True, slots=True)
class Message:
    """What was said before, as the front end repeats it; `who` is `user` or `assistant`."""

    who: str
    text: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: the messages up to the customer's newest, and what helps to tell which conversation is meant."""

    agent: str
    history: tuple[Message, ...]
    text: str
    conversation: str | None = None
    key: str | None = None
    """Names the request: the same key is the same request."""
    user: str = ""
    """Keeps the conversations of several customers apart."""
    language: str = "en"
    region: str | None = None

    @property
    def repeats(self) -> bool:
        """Whether it holds something that the agent said before."""
        return any(one.who == "assistant" for one in self.history)

    def digest(self, of: str, messages: Sequence[Message]) -> str:
        """Of messages of this agent and user; white space aside, since front ends trim it."""
        plain = [of, self.agent, self.user, *([one.who, " ".join(one.text.split())] for one in messages)]
        return hashlib.sha256(json.dumps(plain).encode()).hexdigest()[:40]

    @property
    def request(self) -> str | None:
        """What the same request can be known by when it comes again; None where nothing tells it from a new one."""
        if self.key is not None:
            return hashlib.sha256(f"key\0{self.conversation or ''}\0{self.key}".encode()).hexdigest()[:40]
        whole = (*self.history, Message("user", self.text))
        if self.conversation is not None:
            return self.digest(self.conversation, whole) if self.repeats else None
        return self.digest("request", whole) if self.repeats or self.user else None


@dataclass(slots=True)
class Usage:
    """What models read and wrote for an answer, in tokens, as the log has it."""

    prompt: int = 0
    completion: int = 0


@dataclass(slots=True)
class Answering:
    """A request that was taken in, and its answer as far as it has come."""

    workspace: str
    asked: Asked
    exchange: Exchange
    language: str
    told: int
    """The number of the last log entry that is in the answer."""
    text: str = ""
    partial: str = ""
    """The last words in it that are not in the log yet."""
    usage: Usage = field(default_factory=Usage)

    @property
    def conversation(self) -> str:
        return self.exchange.conversation

    def write(self, text: str) -> str:
        """What to send now that the agent has written so much of what it will say."""
        if not text.startswith(self.partial):
            return ""
        new = text[len(self.partial) :]
        between = BETWEEN if self.text and not self.partial and new else ""
        self.partial = text
        self.text += between + new
        return between + new

    def say(self, text: str) -> str:
        """What to send now that the agent has said this; what was sent of it already stays."""
        if self.partial and not text.startswith(self.partial):
            self.partial = ""
        new = self.write(text)
        self.partial = ""
        return new

    def take(self, entry: Entry) -> str:
        """What a log entry adds to the answer."""
        self.told = entry.seq
        body = json.loads(entry.body)
        if entry.visible_to != "all":
            self.usage.prompt += _count(body, "input_tokens")
            self.usage.completion += _count(body, "output_tokens")
            return ""
        shown = outgoing(entry.kind, body, self.language)
        return self.say(shown.text) if shown is not None and shown.text else ""


def _count(body: Mapping[str, object], name: str) -> int:
    value = body.get(name)
    return value if isinstance(value, int) else 0


class Completions:
    """Use cases of front ends that were made for models."""

    def __init__(self, stores: Stores, engine: Engine, streams: Streams, clock: Clock) -> None:
        self._stores = stores
        self._engine = engine
        self._streams = streams
        self._clock = clock
        self._waiting: Counter[str] = Counter()

    async def take(self, workspace: str, asked: Asked) -> Answering:
        """Take the newest message in, in the conversation that is meant.

        Raises NotFound, TooManyAtOnce, and RuleError for another agent's conversation.
        """
        if self._waiting[workspace] >= MOST_AT_ONCE:
            raise TooManyAtOnce
        exchange = await self._exchange(workspace, asked)
        event_id = f"completion:{exchange.request}:{exchange.since}"
        if await self._stores.conversations.load(workspace, exchange.conversation) is None:
            await self._engine.open(
                workspace, CHANNEL, asked.language, asked.region, Said(text=asked.text), event_id,
                exchange.conversation, {"agent": asked.agent},
            )  # fmt: skip
        else:
            await taken_in(self._stores, self._engine, workspace, exchange.conversation, asked.text, event_id)
        state = await state_of(self._stores, workspace, exchange.conversation)
        return Answering(workspace, asked, exchange, state.language, exchange.since)

    async def pieces(self, one: Answering, wait: float, heartbeat: float) -> AsyncGenerator[str, None]:
        """The answer, piece by piece, until the conversation waits for the customer again.

        Gives an empty text after every `heartbeat` seconds of silence. After `wait` seconds the answer ends with a
        sentence that says so; what comes later is part of the next one.
        """
        self._waiting[one.workspace] += 1
        settling = asyncio.create_task(self._engine.settle(one.workspace, one.conversation, wait))
        try:
            async with self._streams.listen(one.workspace, one.conversation) as listener:
                over = False
                while not over:
                    over = settling.done() or self._streams.closed  # looked at first: what came before it is read
                    listener.clear()
                    async for piece in self._news(one):
                        yield piece
                    if not over and not await _woken(listener, settling, heartbeat):
                        yield ""
            if last := await self._last_words(one, settling.done() and settling.result()):
                yield last
            await self._answered(one)
        finally:
            settling.cancel()
            self._waiting[one.workspace] -= 1

    async def _exchange(self, workspace: str, asked: Asked) -> Exchange:
        now = self._clock.now()
        request = asked.request or fresh_id("req", self._clock)
        if asked.conversation is not None:
            row = await self._stores.conversations.get(workspace, asked.conversation)
            agent = (await state_of(self._stores, workspace, row.id)).agent
            if agent != asked.agent:
                raise RuleError(
                    phrase("That conversation is with the agent `{agent}`: name it as the model.", agent=agent)
                )
            return await self._stores.channels.begin_in(workspace, row.id, request, row.seq, now)
        history = asked.digest("history", asked.history) if asked.repeats else None
        exact = asked.key is not None
        again = now - (AGAIN_BY_KEY if exact else AGAIN)
        fresh = fresh_id("conv", self._clock)
        return await self._stores.channels.begin(workspace, request, history, fresh, now, again, exact=exact)

    async def _news(self, one: Answering) -> AsyncGenerator[str, None]:
        """What the log, and the agent's writing, add to the answer."""
        store = self._stores.conversations
        while entries := await store.entries(one.workspace, one.conversation, one.told, _AT_ONCE):
            for entry in entries:
                if piece := one.take(entry):
                    yield piece
        written = self._streams.written(one.workspace, one.conversation)
        if written is not None and (piece := one.write(written)):
            yield piece

    async def _last_words(self, one: Answering, settled: bool) -> str:
        """What is said where something is still under way, or nobody but a person will answer."""
        if not settled:
            return one.say(sentence("still_working", one.language))
        if one.text:
            return ""
        state = await state_of(self._stores, one.workspace, one.conversation)
        if state.mode == "agent":
            return ""
        if state.member is None:
            return one.say(sentence("handed_over", one.language))
        return one.say(sentence("taken_over", one.language, name=state.member))

    async def _answered(self, one: Answering) -> None:
        """Note how far the front end was told, and by which history it will come back."""
        asked, history = one.asked, None
        if asked.conversation is None:
            told = (Message("user", asked.text), Message("assistant", one.text))
            history = asked.digest("history", (*asked.history, *told))
        with suppress(NotFound):
            await self._stores.channels.answered(
                one.workspace, one.conversation, one.exchange.request, history, one.told
            )


async def _woken(listener: Listener, settling: asyncio.Task[bool], heartbeat: float) -> bool:
    """Wait for news or the end; False where there was neither for a heartbeat."""
    news = asyncio.create_task(listener.wait())
    try:
        done, _ = await asyncio.wait((news, settling), timeout=heartbeat, return_when=asyncio.FIRST_COMPLETED)
        return bool(done)
    finally:
        news.cancel()

"""The engine: takes events in, commits turns, sends what they released, and takes the results in again."""

import asyncio
from collections import OrderedDict
from collections.abc import Coroutine, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from deskhand.application.answers import Performed
from deskhand.application.catalogue import Catalogues, Snapshot
from deskhand.application.crossing import refuse_crossing
from deskhand.application.ids import fresh_id
from deskhand.application.news import news_of
from deskhand.application.performing import Performer, complain
from deskhand.application.records import Records
from deskhand.application.streams import Streams
from deskhand.application.turns import Prepared, Preparer, Standing, Told
from deskhand.domain import effects as f
from deskhand.domain import events as e
from deskhand.domain.assisting import side_of
from deskhand.domain.errors import RuleError
from deskhand.domain.preconditions import MOST_TIMES
from deskhand.domain.state import Conversation, Place
from deskhand.domain.stored import load
from deskhand.ports.clock import Clock
from deskhand.ports.stores import NotFound, StorageFailed, Stores
from deskhand.ports.turns import AlreadyReserved, Conflict, DuplicateEvent

TRIES = 50 + MOST_TIMES
"""How often a turn is worked out anew because another one of its conversation was committed first, or another
conversation holds a place of an `at most` rule."""

MOST_UNFINISHED = 100_000
"""Acts that one process can have left under way."""

RECENT = 500
"""Conversations whose state is kept in memory, so that the next turn need not read it again."""

LONGEST_READING = 600_000
"""Milliseconds within which the wake-ups lie of all messages that models are asked about."""

FIRST_WAIT = 0.1
"""Seconds before a result that could not be recorded is recorded again; doubled each time."""
LONGEST_WAIT = 10.0

INTERRUPTED = "The server stopped while it was under way."


@dataclass(frozen=True, slots=True)
class Receipt:
    """An event was committed."""

    conversation: str
    seq: int
    """The number of the last entry that the turn wrote."""
    duplicate: bool = False
    """Whether the event was known already; nothing was done again."""


class Engine:
    """Runs the conversations of all workspaces of one database."""

    def __init__(
        self,
        stores: Stores,
        preparer: Preparer,
        performer: Performer,
        catalogues: Catalogues,
        streams: Streams,
        clock: Clock,
    ) -> None:
        self._stores = stores
        self._preparer = preparer
        self._performer = performer
        self._catalogues = catalogues
        self._streams = streams
        self._clock = clock
        self._under_way: dict[tuple[str, str], set[asyncio.Task[Any]]] = {}
        self._recent: OrderedDict[tuple[str, str], Standing] = OrderedDict()

    async def open(
        self,
        workspace: str,
        channel: str = "api",
        language: str = "en",
        region: str | None = None,
        first: e.Event | None = None,
        event_id: str | None = None,
        conversation: str | None = None,
        about: Mapping[str, Any] | None = None,
    ) -> Receipt:
        """Make a conversation, and take its first event in with the same commit.

        conversation: its identifier, if the caller made one: opening it again then changes nothing. about: what else
        is known of it: `agent`, `contact`, `medium`, `direction`.
        """
        conversation = conversation or fresh_id("conv", self._clock)
        state = Conversation(id=conversation, channel=channel, language=language, region=region, **(about or {}))
        try:
            return await self._make(workspace, state, first, event_id)
        except (Conflict, DuplicateEvent):
            known = await self._standing(workspace, conversation)
            return Receipt(conversation, known.seq, duplicate=True)

    async def _make(self, workspace: str, state: Conversation, first: e.Event | None, event_id: str | None) -> Receipt:
        if first is not None:
            changes = self._stores.conversations.changes
            number = await self._stores.conversations.catalogue(workspace)
            prepared = await self._preparer.prepare(workspace, Standing(state, 0, 0, number, changes), first, event_id)
            return await self._keep(workspace, prepared)
        records = Records(workspace, state.id, 0, 0, self._clock.now())
        await self._stores.conversations.commit(records.commit(state))
        self._streams.publish(workspace, state.id)
        return Receipt(state.id, 0)

    async def handle(
        self,
        workspace: str,
        conversation: str,
        event: e.Event,
        event_id: str | None = None,
        based_on: tuple[str, int] | None = None,
    ) -> Receipt:
        """Take an event in: it is committed when this returns, and what it released is being sent.

        based_on: a member and the number of the last entry that they saw. Raises NotFound for an unknown conversation,
        RuleError for what is not allowed now, and Crossed where somebody else wrote after that entry.
        """
        try:
            return await self._commit(workspace, conversation, event, event_id, None, based_on=based_on)
        except DuplicateEvent:
            seq = await self._stores.conversations.seen(workspace, conversation, event_id or "")
            return Receipt(conversation, seq or 0, duplicate=True)
        except RuleError:
            known = await self._stores.conversations.seen(workspace, conversation, event_id) if event_id else None
            if known is None:
                raise
            return Receipt(conversation, known, duplicate=True)

    async def settle(self, workspace: str, conversation: str, timeout: float | None = None) -> bool:
        """Wait until nothing of a conversation is under way; False where that took longer than `timeout` seconds."""
        place = workspace, conversation
        if place not in self._under_way:
            return True
        try:
            async with asyncio.timeout(timeout):
                while tasks := self._under_way.get(place):
                    await asyncio.wait(set(tasks))
        except TimeoutError:
            return False
        return True

    async def recover(self) -> int:
        """Take up what an earlier process left under way; gives how many acts that were.

        To be called before anything else is sent. What may be repeated is sent again with the same key, in the
        background; what may not goes to a person.
        """
        rows = await self._stores.conversations.unfinished(MOST_UNFINISHED)
        for workspace, row in rows:
            wanted = load(f.Perform, row.request)
            if isinstance(wanted.act, f.RunScript):
                continue  # the customer's page runs it, not this process
            if wanted.repeatable:
                self._spawn(workspace, row.conversation, self._perform_again(workspace, row.conversation, wanted))
            else:
                unknown = e.EffectUnknown(run=row.run, seq=row.seq, problem=INTERRUPTED)
                done = (wanted, Performed(unknown, problem=INTERRUPTED))
                await self._commit(workspace, row.conversation, unknown, None, done)
        await self._read_again()
        return len(rows)

    async def _read_again(self) -> None:
        """Have messages understood that a model was asked about when the process ended.

        Only where no other process can be at work on them; elsewhere their wake-ups find them.
        """
        if not self._stores.backend.startswith("sqlite"):
            return
        conversations = self._stores.conversations
        for row in await conversations.due(self._clock.now() + LONGEST_READING, MOST_UNFINISHED):
            if row.kind == "reading":
                place = row.workspace, row.conversation
                self._spawn(*place, self._read(*place, row.ref, await self._catalogues.at(row.workspace)))

    async def settle_all(self) -> None:
        """Wait until nothing is under way."""
        while self._under_way:
            await asyncio.wait({task for tasks in self._under_way.values() for task in tasks})

    async def close(self, grace: float = 5.0) -> None:
        """Wait a little for what is under way and what it leads to; the rest is found again at the next start."""
        with suppress(TimeoutError):
            async with asyncio.timeout(grace):
                await self.settle_all()
        pending = {task for tasks in self._under_way.values() for task in tasks}
        for task in pending:
            task.cancel()
        await asyncio.gather(*pending, return_exceptions=True)

    async def _commit(
        self,
        workspace: str,
        conversation: str,
        event: e.Event,
        event_id: str | None,
        done: tuple[f.Perform, Performed] | None,
        told: Told | None = None,
        based_on: tuple[str, int] | None = None,
    ) -> Receipt:
        taken: frozenset[Place] = frozenset()
        for _ in range(TRIES):
            standing = await self._standing(workspace, conversation)
            if based_on is not None:
                await refuse_crossing(self._stores, workspace, conversation, *based_on, standing.seq)
            prepared = await self._preparer.prepare(workspace, standing, event, event_id, done, taken, told)
            try:
                return await self._keep(workspace, prepared)
            except AlreadyReserved as error:
                place = error.reservation
                taken |= {(place.action, place.value, place.slot)}
            except Conflict:
                self._recent.pop((workspace, conversation), None)
        raise Conflict("The conversation changes faster than this event can be taken in: send it again.")

    async def _keep(self, workspace: str, prepared: Prepared) -> Receipt:
        """Commit a turn and send what it released, both or none, even if nobody waits for it any longer."""
        if not prepared.performs and not prepared.reads:
            await self._stores.conversations.commit(prepared.commit)
            return self._committed(workspace, prepared)
        # Whoever gives up in between would leave acts that count as sent, and that nobody sends.
        task = asyncio.create_task(self._commit_and_send(workspace, prepared))
        self._watch((workspace, prepared.commit.conversation), task)
        return await asyncio.shield(task)

    async def _commit_and_send(self, workspace: str, prepared: Prepared) -> Receipt:
        await self._stores.conversations.commit(prepared.commit)
        return self._committed(workspace, prepared)

    async def _standing(self, workspace: str, conversation: str) -> Standing:
        """The conversation as it is stored now; what was read before is not read again."""
        recent = self._recent.get((workspace, conversation))
        changes = self._stores.conversations.changes
        if recent is not None and changes is not None and recent.changes == changes:
            return recent  # nobody but this process writes, and it changed nothing but conversations
        version, state = (recent.version, recent.state) if recent else (0, None)
        loaded = await self._stores.conversations.load(workspace, conversation, version)
        if loaded is None:
            raise NotFound("There is no such conversation.")
        if loaded.state is not None:
            state = load(Conversation, loaded.state)
        assert state is not None
        return Standing(state, loaded.version, loaded.seq, loaded.catalogue, changes)

    def _remember(self, workspace: str, prepared: Prepared) -> None:
        key = workspace, prepared.commit.conversation
        known = self._recent.get(key)
        if known is None or known.version < prepared.after.version:
            self._recent[key] = prepared.after
        self._recent.move_to_end(key)
        if len(self._recent) > RECENT:
            self._recent.popitem(last=False)

    def _committed(self, workspace: str, prepared: Prepared) -> Receipt:
        """Tell who listens, and send what the turn released."""
        conversation = prepared.commit.conversation
        self._remember(workspace, prepared)
        self._streams.publish(workspace, conversation, news_of(prepared.commit))
        if prepared.commit.deliveries:
            self._streams.to_deliver.set()
        for wanted in prepared.performs:
            self._spawn(workspace, conversation, self._perform(workspace, conversation, wanted, prepared.snapshot))
        for reading in prepared.reads:
            self._spawn(workspace, conversation, self._read(workspace, conversation, reading, prepared.snapshot))
        return Receipt(conversation, prepared.commit.seq)

    async def _read(self, workspace: str, conversation: str, reading: str, snapshot: Snapshot) -> None:
        """Have a model understand what the customer wrote."""
        standing = await self._standing(workspace, conversation)
        await self._catalogues.pinned(workspace, snapshot, standing.state.all_runs)
        states = [standing.state, *([side_of(standing.state)] if standing.state.assistant else [])]
        state = next((one for one in states if one.reading is not None and one.reading.id == reading), None)
        if state is None or state.reading is None:
            return  # somebody took over, or the conversation is resolved

        def write(text: str) -> None:
            known = self._recent.get((workspace, conversation))
            if known is None or _reads(known.state, reading):  # words come late where a person reads by now
                self._streams.write(workspace, conversation, text)

        on_text = write if state is standing.state else None
        heard = await self._preparer.hearing.with_model(workspace, state, snapshot, state.reading.text, on_text)
        understood = e.Understood(reading=reading, commands=heard.read.commands, passages=heard.passages)
        told = Told(heard.read.exchanges, heard.read.note)
        await self._record(workspace, conversation, understood, told=told)

    async def _phrase(self, workspace: str, conversation: str, wanted: f.Perform, snapshot: Snapshot) -> None:
        """Have a model find words for what an action gave."""
        assert isinstance(wanted.act, f.Phrase)
        standing = await self._standing(workspace, conversation)
        worded = await self._preparer.hearing.word(workspace, standing.state, snapshot, wanted.act)
        result = e.EffectSucceeded(run=wanted.run, seq=wanted.seq, output=worded.text)
        told = Told(worded.exchanges, worded.note)
        await self._record(workspace, conversation, result, (wanted, Performed(result)), told)

    async def _perform(self, workspace: str, conversation: str, wanted: f.Perform, snapshot: Snapshot) -> None:
        if isinstance(wanted.act, f.Phrase):
            await self._phrase(workspace, conversation, wanted, snapshot)
            return
        performed = await self._performer.perform(workspace, wanted, snapshot)
        if performed.tool_changed and isinstance(wanted.act, f.CallTool) and wanted.act.handling.action:
            await self._disable(workspace, wanted.act.handling.action, performed.problem or "The tool has changed.")
        await self._record(workspace, conversation, performed.result, (wanted, performed))

    async def _disable(self, workspace: str, action: str, reason: str) -> None:
        try:
            await self._catalogues.disable_action(workspace, action, reason)
        except (NotFound, StorageFailed) as error:
            complain(f"The action {action}, whose tool has changed, could not be switched off.", error)

    async def _record(
        self,
        workspace: str,
        conversation: str,
        event: e.Event,
        done: tuple[f.Perform, Performed] | None = None,
        told: Told | None = None,
    ) -> None:
        """Take a result in. Nobody else knows it: while the database fails, this does not give up."""
        wait = FIRST_WAIT
        while True:
            try:
                await self._commit(workspace, conversation, event, None, done, told)
                return
            except (StorageFailed, Conflict) as error:
                complain(f"A result of {conversation} could not be recorded and is kept until it can be.", error)
            await self._clock.sleep(wait)
            wait = min(wait * 2, LONGEST_WAIT)

    async def _perform_again(self, workspace: str, conversation: str, wanted: f.Perform) -> None:
        await self._perform(workspace, conversation, wanted, await self._catalogues.at(workspace))

    def _spawn(self, workspace: str, conversation: str, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._watch((workspace, conversation), task)
        task.add_done_callback(lambda done: _confess(conversation, done))

    def _watch(self, place: tuple[str, str], task: asyncio.Task[Any]) -> None:
        """Count a task as under way until it is done."""
        self._under_way.setdefault(place, set()).add(task)
        task.add_done_callback(lambda done: self._finished(place, done))

    def _finished(self, place: tuple[str, str], task: asyncio.Task[Any]) -> None:
        tasks = self._under_way.get(place, set())
        tasks.discard(task)
        if not tasks:
            self._under_way.pop(place, None)


def _reads(state: Conversation, reading: str) -> bool:
    return any(one is not None and one.reading and one.reading.id == reading for one in (state, state.assistant))


def _confess(conversation: str, task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        complain(f"An act of {conversation} could not be recorded; it is taken up at the next start.", error)

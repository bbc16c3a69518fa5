"""One turn: from an event and a loaded conversation to rows to commit and acts to send. Nothing is written here."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Literal

from deskhand.application.answers import Performed
from deskhand.application.attendance import Attendance
from deskhand.application.catalogue import Snapshot, Snapshots, View
from deskhand.application.hearing import Hearing
from deskhand.application.ids import fresh_id
from deskhand.application.live_chat import desk_of, with_desk
from deskhand.application.outgoing import with_messages
from deskhand.application.records import Records
from deskhand.application.webhooks import with_deliveries
from deskhand.domain import effects as f
from deskhand.domain import events as e
from deskhand.domain.agent import Agent
from deskhand.domain.assisting import concerns, inner, merged, side_of
from deskhand.domain.conversation import converse
from deskhand.domain.errors import RuleError
from deskhand.domain.facts import Ledger
from deskhand.domain.frame import Given
from deskhand.domain.live_chat import Desk
from deskhand.domain.phrases import phrase
from deskhand.domain.sentiment import sentiment
from deskhand.domain.state import Conversation, ForApproval, Place, Run
from deskhand.domain.turn import Turn
from deskhand.domain.values import text_of
from deskhand.ports.clock import Clock
from deskhand.ports.language_model import Exchange
from deskhand.ports.stores import Stores
from deskhand.ports.turns import Lead, Ticket, TurnCommit

TOO_LATE = "The model did not answer in time, or the server stopped meanwhile: understood without it."
SUB_TURNS = 1024
"""Events that one turn may lead to; a longer chain of Deskhand's own acts is broken off."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A conversation as a turn finds it; version 0 is one that is not stored yet."""

    state: Conversation
    version: int
    seq: int
    catalogue: int
    changes: int | None
    """What `Conversations.changes` was before any of this was read."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A turn that is ready to be committed."""

    commit: TurnCommit
    after: Standing
    """The conversation once it is committed."""
    performs: tuple[f.Perform, ...]
    """Acts to send once the turn is committed."""
    snapshot: Snapshot
    reads: tuple[str, ...] = ()
    """Readings that a model is to begin once the turn is committed."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a model was asked for an event, and why it was not asked or not believed."""

    exchanges: tuple[Exchange, ...] = ()
    note: str | None = None

    def noted(self, records: Records, state: Conversation, event: e.Event) -> Conversation:
        """The conversation with what that cost; the exchanges stand in the log."""
        for exchange in self.exchanges:
            records.exchange(exchange)
        if isinstance(event, e.Understood):
            records.understood(event.commands, self.note)
        if not self.exchanges:
            return state
        cost, tokens = (sum(getattr(one, name) for one in self.exchanges) for name in ("cost", "tokens"))
        return state.model_copy(update={"spent": state.spent.plus(cost, tokens)})


class Preparer:
    """Works out turns."""

    def __init__(
        self, stores: Stores, catalogues: Snapshots, hearing: Hearing, attendance: Attendance, clock: Clock
    ) -> None:
        self._stores = stores
        self._catalogues = catalogues
        self.hearing = hearing
        self._attendance = attendance
        self._clock = clock

    async def prepare(
        self,
        workspace: str,
        standing: Standing,
        event: e.Event,
        event_id: str | None = None,
        done: tuple[f.Perform, Performed] | None = None,
        taken: frozenset[Place] = frozenset(),
        told: Told | None = None,
    ) -> Prepared:
        """Work out what the event leads to. Raises RuleError where it is not allowed now.

        taken: places of `at most` rules that other conversations are known to hold. told: what a model was asked for
        this event.
        """
        snapshot = await self._catalogues.at(workspace, standing.catalogue)
        state = standing.state
        await self._catalogues.pinned(workspace, snapshot, state.all_runs)
        records = Records(workspace, state.id, standing.version, standing.seq, self._clock.now())
        records.event(event, event_id, state)
        if done is not None:
            records.result(*done)
        if told is not None:
            state = told.noted(records, state, event)
        turn = _Turn(self, snapshot, records, state, taken)
        await turn.run(event)
        if isinstance(event, e.Said | e.Understood | e.Assisted | e.ReadingLate):
            records.hide_in_words(turn.sensitive())
        records.run_changes(state, turn.state, turn.ended)
        commit = with_deliveries(records.commit(turn.state), snapshot.webhooks, self._clock)
        channel = snapshot.channels.get(turn.state.channel)
        commit = await with_messages(commit, channel, turn.state.language, self._stores, self._clock)
        commit = await with_desk(commit, state, turn.state, snapshot, self._stores, self._clock)
        after = Standing(turn.state, standing.version + 1, records.seq, snapshot.number, standing.changes)
        return Prepared(commit, after, tuple(turn.performs), snapshot, tuple(turn.reads))

    async def desk(self, workspace: str, agent: Agent, snapshot: Snapshot, at: int) -> Desk:
        """Whether an agent's customers can talk to a person now."""
        return await desk_of(agent, snapshot, self._attendance, workspace, at)

    async def ticket_number(self, workspace: str) -> int:
        """What the next ticket is called."""
        return await self._stores.conversations.next_number(workspace, "ticket")

    async def own_result(self, records: Records, wanted: f.Perform) -> e.EffectSucceeded:
        """Carry out an act on Deskhand's own records, within this turn's commit."""
        output: dict[str, Any] | None = None
        at, run = records.at, wanted.run
        match wanted.act:
            case f.CreateTicket() as ticket:
                number = await self.ticket_number(records.workspace)
                row = ticket.model_dump(exclude={"kind"})
                records.tickets.append(Ticket(number=number, run=run, at=at, **row))
                records.entry("ticket", {"number": number, "subject": ticket.subject}, run=run)
                output = {"ticketId": number}
            case f.CreateLead() as lead:
                lead_id = fresh_id("lead", self._clock)
                row = lead.model_dump(exclude={"kind"})
                records.leads.append(Lead(id=lead_id, run=run, at=at, **row))
                records.entry("lead", {"lead": lead_id, "email": lead.email}, run=run)
                output = {"leadId": lead_id}
            case f.Tag() as tag:
                records.entry("tag", {"tag": tag.tag}, run=run)
            case f.Resolve():
                records.entry("resolved", {"by": "agent"}, run=run)
        records.note("agent", wanted.act.kind, run, {"seq": wanted.seq})
        return e.EffectSucceeded(run=run, seq=wanted.seq, output=output)


class _Turn:
    """One turn at work: an event, and the events that it leads to at once."""

    def __init__(
        self, preparer: Preparer, snapshot: Snapshot, records: Records, state: Conversation, taken: frozenset[Place]
    ) -> None:
        self.preparer = preparer
        self.snapshot = snapshot
        self.records = records
        self.state = state
        self.taken = taken
        self.ended: list[Run] = []
        self.performs: list[f.Perform] = []
        self.reads: list[str] = []
        self.message = ""

    async def run(self, event: e.Event) -> None:
        waiting: list[e.Event] = [event]
        for count in range(SUB_TURNS):
            if not waiting:
                return
            waiting += await self._step(waiting.pop(0), count)
            if not waiting:
                waiting += self._unread()
        raise RuntimeError(f"one event led to more than {SUB_TURNS} others")

    def _unread(self) -> list[e.Event]:
        """What to do about messages that nobody has looked at yet."""
        state = self.state
        if not state.unread or state.mode != "agent" or state.busy or state.reading is not None:
            return []
        text = "\n".join(state.unread)
        return [
            e.ReadUnread()
            if self.preparer.hearing.waits(state, self.snapshot, text)
            else e.Said(text=text, earlier=True)
        ]

    def sensitive(self) -> tuple[str, ...]:
        """Values of this conversation's runs that nobody may read, however the customer gave them."""
        catalogue = self.snapshot.view(self.state.agent).catalogue
        found: list[str] = []
        for run in (*self.state.all_runs, *self.ended):
            names = catalogue.of(run).sensitive
            found += [text_of(run.variables[name]) for name in names if run.variables.get(name) not in (None, "")]
        return tuple(found)

    async def _step(self, event: e.Event, count: int) -> list[e.Event]:
        if isinstance(event, e.Decided) and event.decision == "approve":
            changed = what_changed(self.state, self.snapshot, event.approval)
            event = event.model_copy(update={"stale": True, "changed": changed} if changed else {"stale": False})
        if concerns(self.state, event):
            turn = await self._beside(event, count)
        else:
            turn = await self._converse(self.state, event, count)
            self.state = turn.conversation
        self.ended += turn.ended
        return await self._carry_out(turn)

    async def _converse(self, state: Conversation, event: e.Event, count: int) -> Turn:
        event = await self._heard(state, event)
        view = self.snapshot.view(state.agent)
        desk = await self.preparer.desk(self.records.workspace, view.agent, self.snapshot, self.records.at)
        turn = converse(state, event, view.catalogue, self._given(state, count, view, desk))
        self.records.turn(turn)
        return turn

    async def _beside(self, event: e.Event, count: int) -> Turn:
        """What the team's assistant makes of an event; only members see it."""
        side = side_of(self.state, event)
        if self.snapshot.view(side.agent).agent.kind != "team":
            raise RuleError(phrase("`{agent}` is no agent of the team: it talks to customers.", agent=side.agent))
        self.records.private = True
        turn = await self._converse(side, inner(event), count)
        while unread := _unread_by(turn.conversation):
            later = self.preparer.hearing.waits(side, self.snapshot, unread)
            follow: e.Event = e.ReadUnread() if later else e.Said(text=unread, earlier=True)
            more = await self._converse(turn.conversation, follow, count + SUB_TURNS // 2)
            turn = replace(more, effects=(*turn.effects, *more.effects), ended=(*turn.ended, *more.ended))
        self.records.private = False
        self.state = merged(self.state, turn.conversation, event)
        return turn

    async def _heard(self, state: Conversation, event: e.Event) -> e.Event:
        """The event with what the customer's words mean."""
        hearing, workspace = self.preparer.hearing, self.records.workspace
        if isinstance(event, e.ReadingLate):
            if state.reading is None or state.reading.id != event.reading:
                return e.Understood(reading=event.reading)
            heard = await hearing.offline(workspace, state, self.snapshot, state.reading.text)
            event = e.Understood(reading=event.reading, commands=heard.read.commands, passages=heard.passages)
            self.records.understood(event.commands, TOO_LATE)
        if isinstance(event, e.Understood) and state.reading is not None:
            self.message = state.reading.text
        if isinstance(event, e.Said):
            self.message = event.text
            if state.mode == "agent":
                event = await hearing.hear(workspace, state, self.snapshot, event)
                self.records.understood(event.commands)
        return event

    async def _carry_out(self, turn: Turn) -> list[e.Event]:
        """Note what is to be done once the turn is committed; what Deskhand does to its own records comes back now."""
        results: list[e.Event] = []
        for effect in turn.effects:
            if isinstance(effect, f.Read):
                self.reads.append(effect.reading)
            elif isinstance(effect, f.Perform):
                if effect.act.outward:
                    self.performs.append(effect)
                elif not isinstance(effect.act, f.RunScript):  # that one's result comes from the customer's page
                    results.append(await self.preparer.own_result(self.records, effect))
        return results

    def _given(self, state: Conversation, count: int, view: View, desk: Desk) -> Given:
        records, agent, hearing = self.records, view.agent, self.preparer.hearing
        return Given(
            at=records.at,
            workspace=records.workspace,
            conversation=records.conversation,
            version=records.version * SUB_TURNS + count,
            language=state.language,
            region=state.region,
            context=template_context(state, self.message, records.at, agent),
            connections=self.snapshot.connections,
            actions=self.snapshot.actions,
            enabled=frozenset(agent.actions),
            four_eyes=self.snapshot.four_eyes,
            barred=self.snapshot.barred(view, state, records.at),
            phrases=hearing.phrases(state, self.snapshot),
            reading_limit=hearing.limit(state, self.snapshot),
            scripts=self.snapshot.scripts,
            topics=self.snapshot.topics,
            desk=desk,
            ledger=Ledger(taken=self.taken),
        )


def _unread_by(side: Conversation) -> str:
    """What the assistant has not looked at yet and could look at now."""
    return "" if side.busy or side.reading is not None else "\n".join(side.unread)


def template_context(state: Conversation, message: str, at: int, agent: Agent) -> dict[str, Any]:
    """The context variables that every template sees; what is not known is not there."""
    contact = state.contact.model_dump(exclude_none=True) if state.contact else {}
    user = {"user_id": contact["id"]} if "id" in contact else {}
    return {
        "conversation": {"id": state.id, "channel": state.channel, **user},
        "message": {"content": message, "sentiment": sentiment(message)},
        "contact": {**contact.pop("attributes", {}), **contact},
        "lead": state.lead.model_dump(exclude_none=True) if state.lead else {},
        "agent": {"id": agent.slug, "name": agent.name, "number": agent.number},
        "agent_id": agent.slug,
        "agent_name": agent.name,
        "agent_number": agent.number,
        "direction": state.direction,
        "medium": state.medium,
        "current_datetime": datetime.fromtimestamp(at / 1000, UTC).isoformat(timespec="seconds"),
    }


def what_changed(state: Conversation, snapshot: Snapshot, approval: str) -> Literal["action", "connection"] | None:
    """What an approval's request was made for and is another by now."""
    for run in state.all_runs:
        waiting = run.waiting
        if isinstance(waiting, ForApproval) and waiting.approval == approval:
            return _changed(run, waiting.act, snapshot)
    return None


def _changed(run: Run, act: f.Act, snapshot: Snapshot) -> Literal["action", "connection"] | None:
    """Whether it is the connection that an act was rendered for, or the action that is used directly."""
    if run.action is not None:
        current = snapshot.actions.get(run.action.slug)
        if current is not None and current.fingerprint != run.action.fingerprint:
            return "action"
    if not isinstance(act, f.CallHttp | f.CallTool) or act.connection is None:
        return None
    connection = snapshot.connections.get(act.connection)
    return "connection" if connection is None or connection.fingerprint != act.fingerprint else None

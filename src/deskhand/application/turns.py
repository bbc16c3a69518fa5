"""One turn: from an event and a loaded conversation to rows to commit and acts to send. Nothing is written here."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from deskhand.application.answers import Performed
from deskhand.application.catalogue import Catalogues, Snapshot
from deskhand.application.ids import fresh_id
from deskhand.application.records import Records
from deskhand.application.webhooks import with_deliveries
from deskhand.domain import effects as f
from deskhand.domain import events as e
from deskhand.domain.agent import Agent
from deskhand.domain.conversation import converse
from deskhand.domain.facts import Ledger
from deskhand.domain.frame import Given
from deskhand.domain.sentiment import sentiment
from deskhand.domain.state import Conversation, ForAnswer, ForApproval, ForConfirmation, Place, Run
from deskhand.domain.values import text_of
from deskhand.ports.clock import Clock
from deskhand.ports.stores import Stores
from deskhand.ports.turns import Lead, Ticket, TurnCommit
from deskhand.ports.understanding import Context, Understanding, Wanted

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


class Preparer:
    """Works out turns."""

    def __init__(self, stores: Stores, catalogues: Catalogues, understanding: Understanding, clock: Clock) -> None:
        self._stores = stores
        self._catalogues = catalogues
        self._understanding = understanding
        self._clock = clock

    async def prepare(
        self,
        workspace: str,
        standing: Standing,
        event: e.Event,
        event_id: str | None = None,
        done: tuple[f.Perform, Performed] | None = None,
        taken: frozenset[Place] = frozenset(),
    ) -> Prepared:
        """Work out what the event leads to. Raises RuleError where it is not allowed now.

        taken: places of `at most` rules that other conversations are known to hold.
        """
        snapshot = await self._catalogues.at(workspace, standing.catalogue)
        state = standing.state
        await self._catalogues.pinned(workspace, snapshot, state.runs)
        records = Records(workspace, state.id, standing.version, standing.seq, self._clock.now())
        records.event(event, event_id, state)
        if done is not None:
            records.result(*done)
        turn = _Turn(self, snapshot, records, state, taken)
        await turn.run(event)
        if isinstance(event, e.Said):
            records.hide_in_words(turn.sensitive())
        records.run_changes(state, turn.state, turn.ended)
        commit = with_deliveries(records.commit(turn.state), snapshot.webhooks, self._clock)
        after = Standing(turn.state, standing.version + 1, records.seq, snapshot.number, standing.changes)
        return Prepared(commit, after, tuple(turn.performs), snapshot)

    async def understood(self, state: Conversation, snapshot: Snapshot, said: e.Said) -> e.Said:
        """What was said, with the commands that were found in it."""
        commands = await self._understanding.understand(context_of(state, snapshot, said.text, self._clock.now()))
        return said.model_copy(update={"commands": commands}) if commands else said

    async def own_result(self, records: Records, wanted: f.Perform) -> e.EffectSucceeded:
        """Carry out an act on Deskhand's own records, within this turn's commit."""
        output: dict[str, Any] | None = None
        at, run = records.at, wanted.run
        match wanted.act:
            case f.CreateTicket() as ticket:
                number = await self._stores.conversations.next_number(records.workspace, "ticket")
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
        self.message = ""

    async def run(self, event: e.Event) -> None:
        waiting: list[e.Event] = [event]
        for count in range(SUB_TURNS):
            if not waiting:
                return
            waiting += await self._step(waiting.pop(0), count)
            if not waiting and self.state.unread and self.state.mode == "agent" and not self.state.busy:
                waiting.append(e.Said(text="\n".join(self.state.unread)))
        raise RuntimeError(f"one event led to more than {SUB_TURNS} others")

    def sensitive(self) -> tuple[str, ...]:
        """Values of this conversation's runs that nobody may read, however the customer gave them."""
        catalogue = self.snapshot.view(self.state.agent).catalogue
        found: list[str] = []
        for run in (*self.state.runs, *self.ended):
            names = catalogue.of(run).sensitive
            found += [text_of(run.variables[name]) for name in names if run.variables.get(name) not in (None, "")]
        return tuple(found)

    async def _step(self, event: e.Event, count: int) -> list[e.Event]:
        if isinstance(event, e.Decided) and event.decision == "approve":
            event = event.model_copy(update={"stale": is_stale(self.state, self.snapshot, event.approval)})
        elif isinstance(event, e.Said):
            self.message = event.text
            if self.state.mode == "agent":
                event = await self.preparer.understood(self.state, self.snapshot, event)
        view = self.snapshot.view(self.state.agent)
        turn = converse(self.state, event, view.catalogue, self._given(count, view.agent))
        self.records.turn(turn)
        self.state = turn.conversation
        self.ended += turn.ended
        results: list[e.Event] = []
        for effect in turn.effects:
            if isinstance(effect, f.Perform):
                if effect.act.outward:
                    self.performs.append(effect)
                elif not isinstance(effect.act, f.RunScript):  # that one's result comes from the customer's page
                    results.append(await self.preparer.own_result(self.records, effect))
        return results

    def _given(self, count: int, agent: Agent) -> Given:
        records = self.records
        return Given(
            at=records.at,
            workspace=records.workspace,
            conversation=records.conversation,
            version=records.version * SUB_TURNS + count,
            language=self.state.language,
            region=self.state.region,
            context=template_context(self.state, self.message, records.at, agent),
            connections=self.snapshot.connections,
            actions=self.snapshot.actions,
            enabled=frozenset(agent.actions),
            ledger=Ledger(taken=self.taken),
        )


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


def context_of(state: Conversation, snapshot: Snapshot, text: str, now: int) -> Context:
    """What an understanding is told about a message."""
    top = state.top
    waiting = top.waiting if top else None
    pending, later = None, tuple[Wanted, ...]()
    if top is not None and isinstance(waiting, ForAnswer):
        asked = snapshot.wanted(top)
        later = tuple(one for one in asked if one.name != waiting.variable and one.name not in top.variables)
        description = next((one.description for one in asked if one.name == waiting.variable), "")
        pending = Wanted(waiting.variable, waiting.type, tuple(waiting.choices), waiting.example, description)
    return Context(
        text=text,
        candidates=snapshot.view(state.agent).candidates,
        language=state.language,
        region=state.region,
        now=now,
        pending=pending,
        later=later,
        choice=state.choice,
        confirming=isinstance(waiting, ForConfirmation),
        running=top.procedure if top else None,
    )


def is_stale(state: Conversation, snapshot: Snapshot, approval: str) -> bool:
    """Whether the connection of an approval's request was changed since it was asked for."""
    for run in state.runs:
        waiting = run.waiting
        if isinstance(waiting, ForApproval) and waiting.approval == approval:
            return _changed(run, waiting.act, snapshot)
    return False


def _changed(run: Run, act: f.Act, snapshot: Snapshot) -> bool:
    """Whether the connection that an act was rendered for, or the action that is used directly, is another by now."""
    if run.action is not None:
        current = snapshot.actions.get(run.action.slug)
        if current is not None and current.fingerprint != run.action.fingerprint:
            return True
    if not isinstance(act, f.CallHttp | f.CallTool) or act.connection is None:
        return False
    connection = snapshot.connections.get(act.connection)
    return connection is None or connection.fingerprint != act.fingerprint

"""What the customer's words come to: what an understanding is told, and what it says."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from deskhand.application.catalogue import Snapshot
from deskhand.application.understanding import TRIES, Read, Reader, Worded, model_of
from deskhand.domain.citation import Citation
from deskhand.domain.correcting import can_correct
from deskhand.domain.effects import Phrase
from deskhand.domain.events import Said
from deskhand.domain.knowledge import Found, answer_of
from deskhand.domain.state import Conversation, ForAnswer, ForConfirmation, Run
from deskhand.domain.yes_no import yes_or_no
from deskhand.ports.clock import Clock
from deskhand.ports.knowledge import Knowledge
from deskhand.ports.language_model import Facts, OnText
from deskhand.ports.stores import Stores
from deskhand.ports.turns import Entry
from deskhand.ports.understanding import Context, Given, Line, Passage, Wanted

REMEMBERED = 20
"""Messages of the conversation that a model is told."""
LOOKED_THROUGH = 60
"""Entries of the log in which those are looked for."""
_SPEAKERS = {"said": "customer", "say": "agent", "ask": "agent", "offer": "agent", "replied": "member"}
GRACE = 15.0
"""Seconds beyond a model's own time-outs before a message is understood without it."""
_WITHOUT_KNOWLEDGE = 3
"""Characters; what is shorter asks nothing."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What was understood, and where the passages are from that an answer may cite."""

    read: Read
    passages: dict[str, Citation]


class Hearing:
    """Understands messages, at once or with a model."""

    def __init__(self, stores: Stores, reader: Reader, knowledge: Knowledge, clock: Clock) -> None:
        self._stores = stores
        self._reader = reader
        self._knowledge = knowledge
        self._clock = clock

    def immediate(self, state: Conversation, snapshot: Snapshot) -> bool:
        """Whether the conversation's agent understands without a model."""
        return self._reader.immediate(snapshot, snapshot.view(state.agent).agent)

    def limit(self, state: Conversation, snapshot: Snapshot) -> int:
        """Milliseconds that the agent's model has for one message, repetitions included."""
        model = model_of(snapshot, snapshot.view(state.agent).agent)
        return round((TRIES * model.timeout_seconds + GRACE) * 1000) if model else 0

    def phrases(self, state: Conversation, snapshot: Snapshot) -> bool:
        """Whether the conversation's agent finds words of its own."""
        model = model_of(snapshot, snapshot.view(state.agent).agent)
        return model is not None and not model.only_embeddings

    def waits(self, state: Conversation, snapshot: Snapshot, text: str) -> bool:
        """Whether a message is for a model, which needs a commit before it is asked."""
        if self.immediate(state, snapshot):
            return False
        waiting = state.top.waiting if state.top else None
        if isinstance(waiting, ForAnswer) and waiting.sensitive:
            return False  # nobody but the step may read the answer
        if isinstance(waiting, ForConfirmation) and yes_or_no(text) is not None:
            return False  # the engine alone reads it
        return any(sign.isalnum() for sign in text)

    async def hear(self, workspace: str, state: Conversation, snapshot: Snapshot, said: Said) -> Said:
        """A message with its commands; or as one that is to be understood later."""
        if self.waits(state, snapshot, said.text):
            if not state.busy:
                return said.model_copy(update={"later": True})
            heard = await self.offline(workspace, state, snapshot, said.text)
            ends = tuple(one for one in heard.read.commands if one.kind in ("cancel", "hand_over"))
            return said.model_copy(update={"commands": ends} if ends else {"later": True})
        heard = await self.offline(workspace, state, snapshot, said.text)
        if not heard.read.commands:
            return said
        return said.model_copy(update={"commands": heard.read.commands, "passages": heard.passages})

    async def offline(self, workspace: str, state: Conversation, snapshot: Snapshot, text: str) -> Heard:
        """What is understood without a model."""
        context, passages = await self._context(workspace, state, snapshot, text)
        return Heard(await self._reader.offline(context), passages)

    async def with_model(
        self,
        workspace: str,
        state: Conversation,
        snapshot: Snapshot,
        text: str,
        on_text: OnText | None,
        entries: Sequence[Entry] | None = None,
    ) -> Heard:
        """What a model understands, or the offline agent where it cannot.

        entries: the end of the conversation's log; read from the store where it is not given.
        """
        context, passages = await self._context(workspace, state, snapshot, text)
        agent = snapshot.view(state.agent).agent
        history = _lines(await self._latest(workspace, state.id) if entries is None else entries, text)
        context = replace(context, history=history, instructions=agent.instructions, agent=agent.name)
        read = await self._reader.read(workspace, agent, snapshot, context, state.spent, on_text)
        return Heard(read, passages)

    async def word(self, workspace: str, state: Conversation, snapshot: Snapshot, act: Phrase) -> Worded:
        """Words for an action's result; a plain list of its fields where a model has none."""
        agent = snapshot.view(act.agent).agent
        facts = Facts(
            action=act.about,
            answer=act.facts,
            language=act.language,
            asked=act.words,
            instructions=agent.instructions,
            agent=agent.name,
        )
        worded = await self._reader.phrase(workspace, agent, snapshot, facts, state.spent)
        return worded if worded.text.strip() else replace(worded, text=act.plain)

    async def _context(
        self, workspace: str, state: Conversation, snapshot: Snapshot, text: str
    ) -> tuple[Context, dict[str, Citation]]:
        found: list[Found] = []
        confirming = isinstance(state.top.waiting if state.top else None, ForConfirmation)
        if len(text) > _WITHOUT_KNOWLEDGE and not (confirming and yes_or_no(text) is not None):
            found = await self._knowledge.search(workspace, text, topic=state.topic, language=state.language)
        passages = tuple(_passage(one) for one in found)
        context = context_of(state, snapshot, text, self._clock.now())
        if passages:
            context = replace(context, look_up=lambda _: passages)
        return context, {one.id: _citation(two) for one, two in zip(passages, found, strict=True)}

    async def _latest(self, workspace: str, conversation: str) -> list[Entry]:
        """The end of the conversation's log."""
        row = await self._stores.conversations.get(workspace, conversation)
        after = max(row.seq - LOOKED_THROUGH, 0)
        return await self._stores.conversations.entries(workspace, conversation, after, LOOKED_THROUGH)


def _lines(entries: Sequence[Entry], text: str) -> tuple[Line, ...]:
    """The last messages before the ones that are to be understood."""
    lines = [
        Line(_SPEAKERS[entry.kind], str(json.loads(entry.body).get("text", "")))  # type: ignore[arg-type]
        for entry in entries[-LOOKED_THROUGH:]
        if entry.kind in _SPEAKERS and entry.visible_to == "all"
    ]
    while lines and lines[-1].who == "customer" and lines[-1].text in text:
        lines.pop()
    return tuple(lines[-REMEMBERED:])


def context_of(state: Conversation, snapshot: Snapshot, text: str, now: int) -> Context:
    """What an understanding is told about a message."""
    top = state.top
    waiting = top.waiting if top else None
    pending, later, given = None, tuple[Wanted, ...](), tuple[Given, ...]()
    if top is not None:
        asked = snapshot.wanted(top)
        given = _given(state, snapshot, top)
        known = {one.wanted.name for one in given}
        later = tuple(one for one in asked if one.name not in known)
        if isinstance(waiting, ForAnswer):
            given = tuple(one for one in given if one.wanted.name != waiting.variable)  # it is being asked for again
            later = tuple(one for one in later if one.name != waiting.variable)
            description = next((one.description for one in asked if one.name == waiting.variable), "")
            pending = Wanted(waiting.variable, waiting.type, tuple(waiting.choices), waiting.example, description)
    view = snapshot.view(state.agent)
    return Context(
        text=text,
        candidates=view.candidates,
        language=state.language,
        region=state.region,
        now=now,
        pending=pending,
        question=waiting.prompt if isinstance(waiting, ForAnswer | ForConfirmation) else "",
        later=later,
        choice=state.choice,
        confirming=isinstance(waiting, ForConfirmation),
        running=top.procedure if top else None,
        given=given,
        offered=tuple(offer.procedure for offer in state.offers if not offer.ignored),
        interrupted=tuple(run.procedure for run in state.runs[:-1] if run.parent is None),
        barred=frozenset(snapshot.barred(view, state, now)),
        zone=_zone(state) or (None if state.region else snapshot.time_zone),
    )


def _zone(state: Conversation) -> str | None:
    """The contact's time zone, as the company keeps it among its attributes."""
    attributes = state.contact.attributes if state.contact else {}
    found = next((attributes[name] for name in ("timezone", "time_zone") if attributes.get(name)), None)
    return found if isinstance(found, str) else None


def _given(state: Conversation, snapshot: Snapshot, top: Run) -> tuple[Given, ...]:
    """What the customer told the run on top and those that called it, but for what nobody may read."""
    found: dict[str, Given] = {}
    run: Run | None = top
    while run is not None:
        hidden = snapshot.hidden(run)
        for wanted in snapshot.wanted(run):
            if can_correct(run, wanted.name) and wanted.name not in hidden:
                found.setdefault(wanted.name, Given(wanted, run.variables[wanted.name]))
        run = next((one for one in state.runs if run.parent is not None and one.id == run.parent), None)
    return tuple(found.values())


def _passage(found: Found) -> Passage:
    one = found.passage
    known = answer_of([found])
    return Passage(
        id=f"{one.source}#{one.number}",
        text=one.text,
        title=" › ".join((one.title, *one.headings)),
        source=one.source,
        url=one.url,
        score=found.score,
        answer=known.text if known else None,
    )


def _citation(found: Found) -> Citation:
    one = found.passage
    return Citation(source=one.source, title=one.title, url=one.url, page=one.page)

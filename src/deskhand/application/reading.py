"""Reading what happened: conversations with their open runs, and runs with timeline and acts."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from deskhand.application.catalogue import Snapshot
from deskhand.application.services import Services
from deskhand.domain import effects as f
from deskhand.domain.masking import masked_values
from deskhand.domain.procedure import Published
from deskhand.domain.state import Conversation, ForAnswer, ForConfirmation, Run
from deskhand.domain.stored import load
from deskhand.domain.turn import Catalogue
from deskhand.domain.values import text_of
from deskhand.ports.stores import ConversationRow, EffectRow, NotFound, Page, RunRow
from deskhand.ports.turns import Entry

STRETCH = 1000
"""Entries that are read at once."""


@dataclass(frozen=True, slots=True)
class Question:
    """What the customer was asked."""

    text: str
    choices: list[str]


@dataclass(frozen=True, slots=True)
class OpenRun:
    """A run that is going on, with its procedure's name."""

    id: str
    procedure: str
    name: str
    version: int
    step: str
    waiting: str | None
    question: Question | None
    variables: dict[str, Any]


@dataclass(frozen=True, slots=True)
class StandingOffer:
    """A procedure that the customer may accept or decline."""

    offer: str
    procedure: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class MenuItem:
    """A procedure that the customer can start at any time."""

    procedure: str
    name: str


@dataclass(frozen=True, slots=True)
class AssistantView:
    """What an agent of the team is doing for a member."""

    agent: str
    by: str
    runs: list[OpenRun]


@dataclass(frozen=True, slots=True)
class ConversationView:
    """A conversation as it stands."""

    id: str
    status: str
    mode: str
    member: str | None
    channel: str
    language: str
    tags: tuple[str, ...]
    agent: str
    contact: dict[str, Any] | None
    identity: str | None
    seq: int
    version: int
    created_at: int
    updated_at: int
    busy: bool
    thinking: bool
    topic: str | None
    cost: float
    runs: list[OpenRun]
    offers: list[StandingOffer]
    menu: list[MenuItem]
    assistant: AssistantView | None
    assignee: str | None


@dataclass(frozen=True, slots=True)
class Act:
    """A row of a run's effect journal, as people may see it: secrets by name only."""

    seq: int
    step: str
    kind: str
    status: str
    key: str
    at: int
    request: dict[str, Any] | None
    """None once it was cleared away."""
    response: Any


@dataclass(frozen=True, slots=True)
class RunView:
    """One run with everything that is known of it."""

    row: RunRow
    variables: dict[str, Any]
    sources: dict[str, str]
    visits: dict[str, int]
    timeline: list[Entry]
    acts: list[Act]


async def conversation(services: Services, workspace: str, id: str) -> ConversationView:
    """A conversation as it stands. Raises NotFound."""
    row = await services.stores.conversations.get(workspace, id)
    return await _view(services, workspace, row)


async def several(services: Services, workspace: str, ids: Sequence[str]) -> dict[str, ConversationView]:
    """These conversations as they stand, as far as they are there."""
    number = await services.stores.conversations.catalogue(workspace)
    rows = await services.stores.conversations.several(workspace, ids)
    return {row.id: await _view(services, workspace, row, number) for row in rows}


async def conversations_of(services: Services, workspace: str, contact: str, cursor: str | None, limit: int) -> Page:
    """A page of a contact's conversations, newest first. Raises NotFound or BadCursor."""
    page = await services.stores.contacts.conversations(workspace, contact, cursor, limit)
    return Page([await _view(services, workspace, row) for row in page.items], page.cursor)


async def run(services: Services, workspace: str, id: str) -> RunView:
    """A run with its timeline and acts. Raises NotFound."""
    store = services.stores.conversations
    row = await store.run(workspace, id)
    state = await run_state(services, workspace, row)
    timeline = [entry for entry in await log(services, workspace, row.conversation) if entry.run == id]
    acts = [act_of(effect) for effect in await store.effects(workspace, id)]
    variables = _readable(state.variables, await version_of(services, workspace, state))
    return RunView(row, variables, state.sources, state.visits, timeline, acts)


async def _view(
    services: Services, workspace: str, row: ConversationRow, number: int | None = None
) -> ConversationView:
    """number: the catalogue's, where it is known."""
    state = load(Conversation, row.state)
    if number is None:
        loaded = await services.stores.conversations.load(workspace, state.id, row.version)
        number = loaded.catalogue if loaded else None
    snapshot = await services.catalogues.at(workspace, number)
    await services.catalogues.pinned(workspace, snapshot, state.all_runs)
    view = snapshot.view(state.agent)
    barred = snapshot.barred(view, state, services.clock.now())
    active = {slug: one for slug, one in view.catalogue.active.items() if slug not in barred}
    return ConversationView(
        id=row.id,
        status=row.status,
        mode=row.mode,
        member=state.member,
        channel=row.channel,
        language=state.language,
        tags=state.tags,
        agent=state.agent,
        contact=state.contact.model_dump(exclude_none=True) if state.contact else None,
        identity=state.identity,
        seq=row.seq,
        version=row.version,
        created_at=row.created_at,
        updated_at=row.updated_at,
        busy=state.busy,
        thinking=state.reading is not None,
        topic=state.topic,
        cost=state.spent.cost / 1_000_000,
        runs=open_runs(view.catalogue, state.runs),
        offers=[
            StandingOffer(offer.id, offer.procedure, active[offer.procedure].name, offer.why)
            for offer in state.offers
            if offer.procedure in active
        ],
        menu=[MenuItem(slug, one.name) for slug, one in active.items() if one.procedure.trigger.always],
        assistant=_assistant(snapshot, state),
        assignee=state.assignee,
    )


def _assistant(snapshot: Snapshot, state: Conversation) -> AssistantView | None:
    known = state.assistant
    if known is None:
        return None
    return AssistantView(known.agent, known.by, open_runs(snapshot.view(known.agent).catalogue, known.runs))


def open_runs(catalogue: Catalogue, runs: tuple[Run, ...]) -> list[OpenRun]:
    """Runs that are going on, as they are shown."""
    return [_open_run(one, catalogue.of(one)) for one in runs]


def _open_run(one: Run, published: Published) -> OpenRun:
    return OpenRun(
        id=one.id,
        procedure=one.procedure,
        name=published.name,
        version=one.version,
        step=one.step,
        waiting=one.waiting.kind if one.waiting else None,
        question=_question(one),
        variables=_readable(one.variables, published),
    )


def _readable(variables: dict[str, Any], published: Published) -> dict[str, Any]:
    """The variables without the values of those that are sensitive, wherever they have got to."""
    return masked_values(variables, [text_of(variables[name]) for name in published.sensitive if name in variables])


async def version_of(services: Services, workspace: str, state: Run) -> Published:
    """The version of its procedure that a run began with."""
    snapshot = await services.catalogues.at(workspace)
    await services.catalogues.pinned(workspace, snapshot, [state])
    return Catalogue(snapshot.active, snapshot.versions, snapshot.actions).of(state)


def _question(one: Run) -> Question | None:
    match one.waiting:
        case ForAnswer() as asked:
            return Question(asked.prompt, asked.choices)
        case ForConfirmation() as asked:
            return Question(asked.prompt, ["yes", "no"])
        case _:
            return None


async def name_of(services: Services, workspace: str, row: RunRow) -> str:
    """What a run's procedure was called in the version that it is pinned to."""
    return (await version_of(services, workspace, await run_state(services, workspace, row))).name


async def run_state(services: Services, workspace: str, row: RunRow) -> Run:
    """The state of a run: its own row once it has ended, until then the conversation's."""
    if row.state is not None:
        return load(Run, row.state)
    holder = await services.stores.conversations.get(workspace, row.conversation)
    found = next((one for one in load(Conversation, holder.state).all_runs if one.id == row.id), None)
    if found is not None:
        return found
    # it ended between the two reads
    row = await services.stores.conversations.run(workspace, row.id)
    if row.state is None:
        raise NotFound("There is no such run.")
    return load(Run, row.state)


async def log(services: Services, workspace: str, id: str) -> list[Entry]:
    """A conversation's whole log."""
    found: list[Entry] = []
    while True:
        after = found[-1].seq if found else 0
        more = await services.stores.conversations.entries(workspace, id, after, STRETCH)
        found += more
        if len(more) < STRETCH:
            return found


def act_of(row: EffectRow) -> Act:
    """A row of the journal as people may see it."""
    act = None if row.request in ("", "{}") else load(f.Perform, row.request).act
    sensitive = act.handling.sensitive if isinstance(act, f.CallHttp | f.CallTool | f.RunScript) else ()
    return Act(
        seq=row.seq,
        step=row.step,
        kind=row.kind,
        status=row.status,
        key=row.key,
        at=row.at,
        request=None if act is None else act.shown(),
        response=None if row.response is None else masked_values(json.loads(row.response), sensitive),
    )

"""One preview: a conversation with a draft that is worked out like any other, stored nowhere, and sends nothing."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from deskhand.application.answers import Performed
from deskhand.application.attendance import Attendance
from deskhand.application.catalogue import Catalogues, Snapshot
from deskhand.application.curl import as_curl
from deskhand.application.hearing import Hearing
from deskhand.application.mocking import MockResponse, mocked, pretended
from deskhand.application.performing import Performer
from deskhand.application.turns import Prepared, Preparer, Standing, Told
from deskhand.domain import effects as f
from deskhand.domain import events as e
from deskhand.domain.errors import RuleError
from deskhand.domain.masking import masked_values
from deskhand.domain.procedure import Published
from deskhand.domain.state import Conversation, Run
from deskhand.domain.steps.call import CallStep
from deskhand.domain.steps.tool import ToolStep
from deskhand.domain.stored import load
from deskhand.ports.clock import Clock
from deskhand.ports.stores import Stores
from deskhand.ports.turns import ApprovalChange, Entry

CHANNEL = "preview"
"""Marks the conversation as a test; there is no such channel."""
MOST_ENTRIES = 2000
"""Entries after which a preview has to be begun anew."""

Calls = Literal["mock", "ask", "read"]
"""How calls are answered: by mocks, by the member each time, or, where they only read, really."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a preview is held."""

    agent: str = "default"
    language: str = "en"
    calls: Calls = "mock"
    mocks: Mapping[str, MockResponse] = field(default_factory=dict)
    """By step; one that is not here answers with its sample response."""


@dataclass(slots=True)
class Done:
    """A call, a ticket, a mail, …: what would have been done."""

    run: str
    seq: int
    step: str
    kind: str
    request: dict[str, Any]
    curl: str | None
    at: int
    status: str = "waiting"
    """`waiting` for the member's answer, then `succeeded`, `failed` or `unknown`."""
    how: Literal["mock", "sent", "pretended"] = "mock"
    http_status: int | None = None
    response: Any = None
    problem: str | None = None


@dataclass(slots=True)
class RunOfPreview:
    """A run of the preview."""

    state: Run
    started: int
    ended: int | None = None


class DraftSnapshots:
    """One snapshot, whatever is published meanwhile: the workspace's, with the draft in place of its version."""

    def __init__(self, catalogues: Catalogues, snapshot: Snapshot) -> None:
        self._catalogues = catalogues
        self.snapshot = snapshot

    async def at(self, workspace: str, number: int | None = None) -> Snapshot:
        return self.snapshot

    async def pinned(self, workspace: str, snapshot: Snapshot, runs: Iterable[Run]) -> None:
        await self._catalogues.pinned(workspace, snapshot, runs)


class _PreviewPreparer(Preparer):
    """Works out turns whose tickets are never made."""

    tickets = 0

    async def ticket_number(self, workspace: str) -> int:
        self.tickets += 1
        return self.tickets


class Preview:
    """A conversation with a draft, for the member who opened it."""

    def __init__(
        self,
        id: str,
        workspace: str,
        slug: str,
        published: Published,
        settings: Settings,
        state: Conversation,
        *,
        stores: Stores,
        snapshots: DraftSnapshots,
        performer: Performer,
        hearing: Hearing,
        attendance: Attendance,
        clock: Clock,
    ) -> None:
        self.id, self.workspace, self.slug, self.published = id, workspace, slug, published
        self.settings = settings
        self.snapshot = snapshots.snapshot
        self.standing = Standing(state, 0, 0, self.snapshot.number, None)
        self.entries: list[Entry] = []
        self.done: list[Done] = []
        self.runs: dict[str, RunOfPreview] = {}
        self.approvals: dict[str, ApprovalChange] = {}
        self.used_at = clock.now()
        self._waiting: dict[tuple[str, int], f.Perform] = {}
        self._journal: dict[tuple[str, int], f.Perform] = {}
        self._preparer = _PreviewPreparer(stores, snapshots, hearing, attendance, clock)
        self._performer, self._hearing, self._clock = performer, hearing, clock
        self._lock = asyncio.Lock()

    @property
    def state(self) -> Conversation:
        """The conversation as it stands."""
        return self.standing.state

    async def handle(self, event: e.Event) -> None:
        """Take an event in, and all that follows from it. Raises RuleError for what is not allowed now."""
        if len(self.entries) >= MOST_ENTRIES:
            raise RuleError("This preview has become very long: begin a new one.")
        async with self._lock:
            await self._take(event)

    async def answer(self, run: str, seq: int, mock: MockResponse) -> None:
        """Answer a call that waits for the member. Raises RuleError where none does."""
        async with self._lock:
            wanted = self._waiting.pop((run, seq), None)
            if wanted is None:
                raise RuleError("This call is not waiting for an answer.")
            await self._result(wanted, await self._performer.read(wanted, mocked(wanted, mock)))

    async def _take(
        self, event: e.Event, done: tuple[f.Perform, Performed] | None = None, told: Told | None = None
    ) -> None:
        prepared = await self._preparer.prepare(self.workspace, self.standing, event, done=done, told=told)
        self._keep(prepared)
        for reading in prepared.reads:
            await self._read(reading)
        for wanted in prepared.performs:
            await self._perform(wanted)

    def _keep(self, prepared: Prepared) -> None:
        """Take over what would have been committed."""
        self.standing = prepared.after
        commit = prepared.commit
        self.used_at = commit.at
        self.entries += commit.entries
        for change in commit.approvals:
            known = self.approvals.get(change.id)
            self.approvals[change.id] = change if known is None else _merged(known, change)
        for run in commit.runs:
            if run.new:
                self.runs[run.id] = RunOfPreview(Run(id=run.id, procedure=run.procedure, version=0, step=""), run.at)
            if run.state is not None:
                self.runs[run.id].state, self.runs[run.id].ended = load(Run, run.state), run.at
        for one in self.state.all_runs:
            self.runs[one.id].state = one
        for effect in commit.effects:
            if effect.request:
                self._journal[effect.run, effect.seq] = load(f.Perform, effect.request)
            wanted = self._journal[effect.run, effect.seq]
            if effect.status == "succeeded" and not wanted.act.outward:  # the commit itself would have done it
                self.done.append(self._noted(wanted, "pretended"))
                self.done[-1].status = "succeeded"

    def _noted(self, wanted: f.Perform, how: Literal["mock", "sent", "pretended"]) -> Done:
        curl = as_curl(wanted.act, self.snapshot.connections) if isinstance(wanted.act, f.CallHttp) else None
        at, shown = self._clock.now(), dict(wanted.act.shown())
        return Done(wanted.run, wanted.seq, wanted.step, wanted.act.kind, shown, curl, at, how=how)

    async def _read(self, reading: str) -> None:
        """Have the model understand what was said."""
        state = self.state
        if state.reading is None or state.reading.id != reading:
            return
        heard = await self._hearing.with_model(
            self.workspace, state, self.snapshot, state.reading.text, None, self.entries
        )
        understood = e.Understood(reading=reading, commands=heard.read.commands, passages=heard.passages)
        await self._take(understood, told=Told(heard.read.exchanges, heard.read.note))

    async def _perform(self, wanted: f.Perform) -> None:
        """Have an act answered: nothing that changes anything is ever sent."""
        act = wanted.act
        if isinstance(act, f.Phrase):
            worded = await self._hearing.word(self.workspace, self.state, self.snapshot, act)
            result = e.EffectSucceeded(run=wanted.run, seq=wanted.seq, output=worded.text)
            await self._take(result, (wanted, Performed(result)), Told(worded.exchanges, worded.note))
            return
        if not isinstance(act, f.CallHttp | f.CallTool):
            self.done.append(self._noted(wanted, "pretended"))
            await self._result(wanted, Performed(pretended(wanted, 1)))
            return
        sends = self.settings.calls == "read" and not act.changes
        self.done.append(self._noted(wanted, "sent" if sends else "mock"))
        if sends:
            await self._result(wanted, await self._performer.perform(self.workspace, wanted, self.snapshot, test=True))
            return
        mock = self._mock(wanted)
        if mock is None:
            self._waiting[wanted.run, wanted.seq] = wanted
            return
        await self._result(wanted, await self._performer.read(wanted, mocked(wanted, mock)))

    def _mock(self, wanted: f.Perform) -> MockResponse | None:
        """What a call answers; None where the member is to be asked."""
        chosen = self.settings.mocks.get(wanted.step)
        if chosen is not None or self.settings.calls == "ask":
            return chosen
        return MockResponse(body=self.sample(wanted))

    def sample(self, wanted: f.Perform) -> Any:
        """The sample response of the step that calls; null where it has none."""
        run = self.runs.get(wanted.run)
        known = self.snapshot.versions.get((run.state.procedure, run.state.version)) if run else None
        step = known.procedure.by_id.get(wanted.step) if known else None
        return step.sample_response if isinstance(step, CallStep | ToolStep) else None

    def sample_of(self, done: Done) -> Any:
        """The sample response for a call that waits."""
        wanted = self._waiting.get((done.run, done.seq))
        return None if wanted is None else self.sample(wanted)

    async def _result(self, wanted: f.Perform, performed: Performed) -> None:
        done = next(one for one in reversed(self.done) if (one.run, one.seq) == (wanted.run, wanted.seq))
        match performed.result:
            case e.EffectSucceeded():
                done.status = "succeeded"
            case e.EffectFailed():
                done.status = "failed"
            case _:
                done.status = "unknown"
        done.http_status, done.problem = performed.status, performed.problem
        if isinstance(wanted.act, f.CallHttp | f.CallTool):
            done.response = masked_values(performed.body, wanted.act.handling.sensitive)
        await self._take(performed.result, (wanted, performed))


def _merged(known: ApprovalChange, change: ApprovalChange) -> ApprovalChange:
    """A row after a change, which leaves out what stays."""
    return replace(
        known,
        status=change.status,
        at=change.at,
        by=change.by,
        reason=change.reason,
        card=change.card or known.card,
    )

"""What reports read: figures of a stretch of time, counted by the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Span:
    """What a report is about. Times in milliseconds; None where anything goes."""

    since: int
    until: int
    """Not in it any more."""
    procedure: str | None = None
    agent: str | None = None


@dataclass(frozen=True, slots=True)
class Offset:
    """How far a zone is ahead of UTC up to a moment, in milliseconds."""

    until: int
    ahead: int


Offsets = Sequence[Offset]
"""A zone's changes in a stretch of time, the last one reaching beyond it."""


@dataclass(frozen=True, slots=True)
class RunCount:
    """Runs that began on a day, counted in days since 1970 in the zone."""

    day: int
    procedure: str
    outcome: str
    count: int


@dataclass(frozen=True, slots=True)
class Quantiles:
    """How long things of one name took, in milliseconds; nearest ranks."""

    name: str
    count: int
    median: int
    p95: int


@dataclass(frozen=True, slots=True)
class StepCount:
    """Runs that were in a step; `visits` counts every entering."""

    step: str
    standing: str
    runs: int
    visits: int


@dataclass(frozen=True, slots=True)
class MomentCount:
    """Things of one value on a day."""

    day: int
    procedure: str | None
    value: str
    count: int


@dataclass(frozen=True, slots=True)
class MomentRow:
    """One reaction, escalation or unanswered question."""

    conversation: str
    seq: int
    value: str
    text: str
    procedure: str | None
    at: int


@dataclass(frozen=True, slots=True)
class QuestionCount:
    """Questions that come to the same words; the rest is of the newest."""

    key: str
    count: int
    last_at: int
    text: str
    conversation: str
    seq: int


@dataclass(frozen=True, slots=True)
class CallCount:
    """Calls of one action that came to the same."""

    name: str
    kind: str
    outcome: str
    status: int | None
    count: int


@dataclass(frozen=True, slots=True)
class DayCount:
    """Calls on a day."""

    day: int
    outcome: str
    count: int


@dataclass(frozen=True, slots=True)
class ApprovalCount:
    """Approvals that were asked for on a day and came to the same."""

    day: int
    procedure: str
    status: str
    decided_by: str | None
    count: int


@dataclass(frozen=True, slots=True)
class ProcedureCount:
    """A procedure's runs: the last one of all, and those of a stretch of time."""

    procedure: str
    last_run_at: int
    runs: int
    completed: int
    ended: int


class Reports(Protocol):
    """Figures beside the log; test conversations are not among them."""

    async def conversations(self, workspace: str, span: Span) -> int:
        """How many began."""
        ...

    async def runs(self, workspace: str, span: Span, offsets: Offsets) -> list[RunCount]: ...

    async def durations(self, workspace: str, span: Span, together: bool = False) -> list[Quantiles]:
        """How long completed runs took, by procedure; or all of them together, under no name."""
        ...

    async def versions(self, workspace: str, span: Span) -> list[tuple[int, int]]:
        """The versions of the span's procedure that runs began with, the newest first, each with their number."""
        ...

    async def steps(self, workspace: str, span: Span, version: int) -> list[StepCount]: ...

    async def moments(self, workspace: str, kind: str, span: Span, offsets: Offsets) -> list[MomentCount]: ...

    async def last_moments(self, workspace: str, kind: str, span: Span, limit: int) -> list[MomentRow]:
        """The newest ones."""
        ...

    async def questions(self, workspace: str, span: Span, limit: int) -> list[QuestionCount]:
        """Unanswered questions, the most frequent first."""
        ...

    async def calls(self, workspace: str, span: Span) -> list[CallCount]: ...

    async def call_days(self, workspace: str, span: Span, offsets: Offsets) -> list[DayCount]: ...

    async def call_times(self, workspace: str, span: Span) -> list[Quantiles]:
        """How long calls took, by name."""
        ...

    async def approvals(self, workspace: str, span: Span, offsets: Offsets) -> list[ApprovalCount]: ...

    async def waiting_times(self, workspace: str, span: Span) -> Quantiles | None:
        """How long approvals waited that were decided or expired, or None where none was."""
        ...

    async def procedures(self, workspace: str, since: int) -> list[ProcedureCount]:
        """Every procedure that ever ran; its figures since that time."""
        ...

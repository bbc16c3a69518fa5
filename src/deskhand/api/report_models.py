"""What reports answer."""

from typing import Literal

from pydantic import Field

from deskhand.api.models import Items, Shown, Time

Day = str
"""ISO 8601, in the zone that was asked for."""


class Report(Shown):
    """The base of every report."""

    catching_up: bool = Field(description="Whether figures are still being made of an older log, so that more follow.")


class Outcomes(Shown):
    """What became of runs."""

    began: int
    completed: int
    escalated: int
    cancelled: int
    failed: int
    running: int
    completion: float | None = Field(description="Completed ones among those that are over; null where none is.")


class RunsOnDay(Shown):
    """Runs that began on a day."""

    day: Day
    outcomes: Outcomes


class RunsOf(Shown):
    """Runs of a procedure."""

    procedure: str | None = Field(description="Its slug; null for all of them.")
    outcomes: Outcomes
    median_ms: int | None = Field(description="How long completed ones took.")
    p95_ms: int | None


class RunsReport(Report):
    """Runs by day and by procedure."""

    total: RunsOf
    days: list[RunsOnDay]
    procedures: list[RunsOf]


class StepOf(Shown):
    """One step of a procedure."""

    step: str
    entered: int = Field(description="Runs that came to it.")
    left: int = Field(description="Runs that went on from it.")
    here: int = Field(description="Runs that are at it now.")
    stopped: int = Field(description="Runs that ended there without having completed.")
    visits: int = Field(description="How often it was entered, repetitions included.")


class VersionOf(Shown):
    """A version with its number of runs."""

    version: int
    runs: int


class StepsReport(Report):
    """Where runs of one version of a procedure go and stop."""

    procedure: str
    version: int | None = Field(description="Null where nothing ran.")
    runs: int
    versions: list[VersionOf]
    steps: list[StepOf]


class ReactionsOnDay(Shown):
    """Thumbs on a day."""

    day: Day
    positive: int
    negative: int


class ReactionsOf(Shown):
    """Thumbs about a procedure; about none of them where it is null."""

    procedure: str | None
    positive: int
    negative: int


class Happening(Shown):
    """One of them, with the conversation and the entry where it stands."""

    conversation: str
    seq: int
    value: str = Field(description="`positive`, `negative`; or why it came to a person.")
    text: str
    procedure: str | None
    at: Time


class ReactionsReport(Report):
    """What customers made of it."""

    positive: int
    negative: int
    days: list[ReactionsOnDay]
    procedures: list[ReactionsOf]
    latest: list[Happening]


class EscalationsOnDay(Shown):
    """Escalations on a day."""

    day: Day
    count: int
    procedures: dict[str, int] = Field(description="By slug; those of no procedure under an empty name.")


class EscalationsOf(Shown):
    """Escalations of a procedure."""

    procedure: str | None = Field(description="Null for those outside any procedure.")
    count: int
    runs: int
    share: float | None = Field(description="Of its runs, 0 to 1.")
    reasons: dict[str, int] = Field(description="`handed_over`, `rejected`, `expired`, `taken_over`, `flagged`.")


class EscalationsReport(Report):
    """How often the agent reached its limit."""

    count: int
    days: list[EscalationsOnDay]
    procedures: list[EscalationsOf]
    latest: list[Happening]


class CountOnDay(Shown):
    """How many on a day."""

    day: Day
    count: int


class QuestionOf(Shown):
    """Questions that come to the same words; the rest is of the newest."""

    text: str
    count: int
    last_at: Time
    conversation: str
    seq: int


class UnansweredReport(Report):
    """Questions that nothing could answer."""

    count: int
    days: list[CountOnDay]
    questions: list[QuestionOf]


class CallsOnDay(Shown):
    """Calls on a day."""

    day: Day
    succeeded: int
    failed: int
    unknown: int


class StatusOf(Shown):
    """How often an HTTP status came."""

    status: int | None = Field(description="Null where no answer did.")
    count: int


class CallsOf(Shown):
    """Calls of an action, or of a step that describes the call itself."""

    action: str = Field(description="The action's slug, or procedure and step with a `/` between them.")
    kind: Literal["call_http", "call_tool", "send_email", "run_script"]
    count: int
    failed: int
    unknown: int
    error_rate: float
    median_ms: int | None
    p95_ms: int | None
    statuses: list[StatusOf]


class CallsReport(Report):
    """Calls to other systems."""

    count: int
    errors: int
    days: list[CallsOnDay]
    actions: list[CallsOf]


class ApprovalsOnDay(Shown):
    """Approvals that were asked for on a day."""

    day: Day
    asked: int
    statuses: dict[str, int]


class DecidedBy(Shown):
    """Who decided, and what."""

    by: str
    count: int
    statuses: dict[str, int]


class ApprovalsReport(Report):
    """How long approvals waited, and what became of them."""

    asked: int
    pending: int
    statuses: dict[str, int]
    median_ms: int | None = Field(description="From being asked for until decided or expired.")
    p95_ms: int | None
    days: list[ApprovalsOnDay]
    procedures: dict[str, dict[str, int]]
    deciders: list[DecidedBy]


class ProcedureReport(Shown):
    """What a list of procedures shows."""

    procedure: str
    last_run_at: Time
    runs: int = Field(description="In the last 30 days.")
    completion: float | None = Field(description="Completed ones among those of them that are over.")


class ProcedureReports(Items[ProcedureReport]):
    """Every procedure that ever ran."""


class Overview(Shown):
    """Figures at a glance."""

    conversations: int
    runs: Outcomes
    escalations: int
    unanswered: int
    positive: int
    negative: int
    calls: int
    call_errors: int
    approvals: int
    waiting_median_ms: int | None


class OverviewReport(Report):
    """Now, and the stretch of the same length before."""

    now: Overview
    before: Overview

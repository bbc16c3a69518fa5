"""What reports tell."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What became of runs."""

    began: int = 0
    completed: int = 0
    escalated: int = 0
    cancelled: int = 0
    failed: int = 0
    running: int = 0

    @property
    def ended(self) -> int:
        """Those that are over."""
        return self.began - self.running

    @property
    def completion(self) -> float | None:
        """The share of those that are over which completed; None where none is over."""
        return self.completed / self.ended if self.ended else None


@dataclass(frozen=True, slots=True)
class RunsOnDay:
    """Runs that began on a day."""

    day: str
    outcomes: Outcomes


@dataclass(frozen=True, slots=True)
class RunsOf:
    """Runs of a procedure; of all, where it is None. How long completed ones took, in milliseconds."""

    procedure: str | None
    outcomes: Outcomes
    median_ms: int | None
    p95_ms: int | None


@dataclass(frozen=True, slots=True)
class RunsReport:
    """How many runs there were, and what became of them."""

    total: RunsOf
    days: list[RunsOnDay]
    procedures: list[RunsOf]
    catching_up: bool


@dataclass(frozen=True, slots=True)
class StepOf:
    """One step: runs that entered it, went on, are at it now, or ended there without having completed."""

    step: str
    entered: int
    left: int
    here: int
    stopped: int
    visits: int


@dataclass(frozen=True, slots=True)
class VersionOf:
    """A version with its number of runs."""

    version: int
    runs: int


@dataclass(frozen=True, slots=True)
class StepsReport:
    """Where runs of one version of a procedure go and stop."""

    procedure: str
    version: int | None
    runs: int
    versions: list[VersionOf]
    steps: list[StepOf]
    catching_up: bool


@dataclass(frozen=True, slots=True)
class Reactions:
    """Thumbs up and down on a day, or of a procedure."""

    day: str | None
    procedure: str | None
    positive: int
    negative: int


@dataclass(frozen=True, slots=True)
class Happening:
    """One reaction, escalation or unanswered question, with where it stands."""

    conversation: str
    seq: int
    value: str
    text: str
    procedure: str | None
    at: int


@dataclass(frozen=True, slots=True)
class ReactionsReport:
    """What customers made of it."""

    positive: int
    negative: int
    days: list[Reactions]
    procedures: list[Reactions]
    latest: list[Happening]
    catching_up: bool


@dataclass(frozen=True, slots=True)
class EscalationsOnDay:
    """Escalations on a day, by procedure; those of no procedure under no name."""

    day: str
    count: int
    procedures: dict[str, int]


@dataclass(frozen=True, slots=True)
class EscalationsOf:
    """Escalations of a procedure, or those outside any, by why they came about."""

    procedure: str | None
    count: int
    runs: int
    share: float | None
    """Of its runs; None where none began in that time, or outside a procedure."""
    reasons: dict[str, int]


@dataclass(frozen=True, slots=True)
class EscalationsReport:
    """How often the agent reached its limit."""

    count: int
    days: list[EscalationsOnDay]
    procedures: list[EscalationsOf]
    latest: list[Happening]
    catching_up: bool


@dataclass(frozen=True, slots=True)
class QuestionOf:
    """Questions that come to the same words; the rest is of the newest."""

    text: str
    count: int
    last_at: int
    conversation: str
    seq: int


@dataclass(frozen=True, slots=True)
class CountOnDay:
    """How many on a day."""

    day: str
    count: int


@dataclass(frozen=True, slots=True)
class UnansweredReport:
    """Questions that nothing could answer."""

    count: int
    days: list[CountOnDay]
    questions: list[QuestionOf]
    catching_up: bool


@dataclass(frozen=True, slots=True)
class CallsOnDay:
    """Calls on a day."""

    day: str
    succeeded: int
    failed: int
    unknown: int


@dataclass(frozen=True, slots=True)
class StatusOf:
    """How often an HTTP status came; None where no answer did."""

    status: int | None
    count: int


@dataclass(frozen=True, slots=True)
class CallsOf:
    """Calls of an action, or of a step that describes the call itself. Times in milliseconds."""

    action: str
    kind: str
    count: int
    failed: int
    unknown: int
    error_rate: float
    median_ms: int | None
    p95_ms: int | None
    statuses: list[StatusOf]


@dataclass(frozen=True, slots=True)
class CallsReport:
    """Calls to other systems: errors and times."""

    count: int
    errors: int
    days: list[CallsOnDay]
    actions: list[CallsOf]
    catching_up: bool


@dataclass(frozen=True, slots=True)
class ApprovalsOnDay:
    """Approvals that were asked for on a day, by what became of them."""

    day: str
    asked: int
    statuses: dict[str, int]


@dataclass(frozen=True, slots=True)
class DecidedBy:
    """Who decided, and what."""

    by: str
    count: int
    statuses: dict[str, int]


@dataclass(frozen=True, slots=True)
class ApprovalsReport:
    """How long approvals waited, and what became of them. Times in milliseconds."""

    asked: int
    pending: int
    statuses: dict[str, int]
    median_ms: int | None
    p95_ms: int | None
    days: list[ApprovalsOnDay]
    procedures: dict[str, dict[str, int]]
    deciders: list[DecidedBy]
    catching_up: bool


@dataclass(frozen=True, slots=True)
class ProcedureReport:
    """What a list of procedures shows: the last run, runs of the last 30 days, and how many of these completed."""

    procedure: str
    last_run_at: int
    runs: int
    completion: float | None


@dataclass(frozen=True, slots=True)
class Overview:
    """The figures that tell at a glance how it goes."""

    conversations: int = 0
    runs: Outcomes = field(default_factory=Outcomes)
    escalations: int = 0
    unanswered: int = 0
    positive: int = 0
    negative: int = 0
    calls: int = 0
    call_errors: int = 0
    approvals: int = 0
    waiting_median_ms: int | None = None


@dataclass(frozen=True, slots=True)
class OverviewReport:
    """Now, and the stretch of the same length before."""

    now: Overview
    before: Overview
    catching_up: bool

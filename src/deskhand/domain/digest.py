"""What is known of a conversation beside its log: a digest that grows with it, and figures for reports."""

from dataclasses import dataclass, field
from typing import Literal

from deskhand.domain.model import Record, sparse

FORM = 1
"""Counts up when folding changes: digests of an older form are made anew from the log."""

Standing = Literal["left", "here", "stopped"]
By = Literal["customer", "agent", "member"]


class RunSoFar(Record):
    """A run as far as the log tells of it."""

    procedure: str
    version: int
    began_at: int
    ended_at: int | None = sparse(None)
    outcome: str = "running"
    step: str = ""
    """The step that it is at, or ended with."""
    visits: dict[str, int] = {}
    """How often it entered each step."""
    decided: str = sparse("")
    """What became of its last approval."""
    counted: bool = sparse(False)
    """Whether it is among the escalations."""


class AskedApproval(Record):
    """An approval that nobody has decided yet."""

    run: str
    about: str
    at: int


class Digest(Record):
    """A conversation in short, up to an entry of its log."""

    form: int = FORM
    seq: int = 0
    """The last entry that is in it."""
    messages: int = 0
    first_text: str | None = None
    """The customer's first words."""
    last_text: str | None = None
    last_by: By | None = None
    last_at: int | None = None
    reaction: Literal["positive", "negative"] | None = None
    """The last one that the customer gave."""
    escalated: bool = False
    unanswered: int = 0
    procedures: tuple[str, ...] = ()
    runs: dict[str, RunSoFar] = {}
    """Those that go on, and the last ones that ended: calls may still come back to them."""
    approvals: dict[str, AskedApproval] = {}
    speaking: str | None = None
    """The run whose steps were taken last: what is said then is its doing."""
    spoken: tuple[tuple[int, str], ...] = ()
    """Entries that a run said, the newest last: a reaction may be about one."""
    words: str = ""
    """Every word that a search finds it by, once."""


@dataclass(frozen=True, slots=True)
class RunFigures:
    """One run."""

    run: str
    procedure: str
    version: int
    outcome: str
    step: str
    began_at: int
    ended_at: int | None


@dataclass(frozen=True, slots=True)
class StepFigures:
    """One step of one run."""

    run: str
    step: str
    procedure: str
    version: int
    began_at: int
    """When the run began."""
    visits: int
    standing: Standing
    """Whether the run went on, is at it now, or ended there without having completed."""


@dataclass(frozen=True, slots=True)
class CallFigures:
    """One act that went out. Times in milliseconds."""

    run: str
    seq: int
    name: str
    """The action, or procedure and step where a step describes the call itself."""
    kind: str
    procedure: str
    outcome: str
    status: int | None
    milliseconds: int | None
    at: int


@dataclass(frozen=True, slots=True)
class ApprovalFigures:
    """One approval, or one outcome that a member had to find out."""

    approval: str
    about: str
    procedure: str
    status: str
    decided_by: str | None
    requested_at: int
    closed_at: int | None


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that reports count by itself."""

    seq: int
    kind: Literal["reaction", "escalation", "unanswered"]
    value: str
    """The reaction, why it came to a person, or the question's words as they are grouped."""
    text: str
    procedure: str | None
    at: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What a stretch of the log adds to reports; what is there already under the same key is replaced."""

    runs: list[RunFigures] = field(default_factory=list)
    steps: list[StepFigures] = field(default_factory=list)
    calls: list[CallFigures] = field(default_factory=list)
    approvals: list[ApprovalFigures] = field(default_factory=list)
    moments: list[Moment] = field(default_factory=list)

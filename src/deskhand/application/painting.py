"""Painting a way through a procedure: its steps in order, the branches that were taken, and those that were not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from deskhand.domain import effects as f
from deskhand.domain.checks.graph import Graph
from deskhand.domain.conditions import holds, look_up
from deskhand.domain.frame import Entered
from deskhand.domain.model import Json, Record
from deskhand.domain.procedure import Procedure, Published
from deskhand.domain.state import Run
from deskhand.domain.steps import END, StepBase
from deskhand.domain.steps.base import Exit
from deskhand.domain.steps.condition import ConditionStep

VisitOutcome = Literal["passed", "waiting", "completed", "escalated", "cancelled", "failed"]


class Line(Record):
    """Something that was said."""

    who: Literal["customer", "agent", "member"]
    text: str


class Visit(Record):
    """One step that a run went through."""

    procedure: str
    step: str
    """Empty for what was asked before the first step."""
    before: dict[str, Json] = {}
    """The values when the step began; a real run keeps no such history, so it has none here."""
    after: dict[str, Json] = {}
    """The values that the step set or changed."""
    exit: str | None = None
    """The branch that was taken, as the step names it: `next`, `then`, `else`, `on_error`, …"""
    to: str | None = None
    """The step that came next, or `end`."""
    outcome: VisitOutcome = "passed"
    said: tuple[Line, ...] = ()
    acts: tuple[str, ...] = ()
    """What was done, each in a few words."""
    at: int | None = None
    """When it began, in milliseconds since 1970; in a real run alone."""
    until: int | None = None
    waited_for: tuple[str, ...] = ()
    """What it waited for, in order: `answer`, `confirmation`, `approval`, `effect`, …"""


class Branch(Record):
    """One way from a step to another."""

    step: str
    exit: str
    to: str


class Paint(Record):
    """What a canvas needs to show a way."""

    visits: tuple[Visit, ...] = ()
    taken: tuple[Branch, ...] = ()
    never: tuple[Branch, ...] = ()
    """Branches of the procedure that this way did not take."""


@dataclass(slots=True)
class Stay:
    """A visit while it is being put together."""

    procedure: str
    step: str
    run: str
    before: Mapping[str, Any]
    said: list[Line] = field(default_factory=list)
    acts: list[str] = field(default_factory=list)
    waited_for: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Painter:
    """Follows a simulation turn by turn."""

    stays: list[Stay] = field(default_factory=list)
    runs: dict[str, Run] = field(default_factory=dict)
    _owners: dict[int, Stay] = field(default_factory=dict)

    def turn(self, steps: Iterable[Entered], runs: Iterable[Run]) -> None:
        """Take up the steps that a turn entered, and the runs as they are after it."""
        self._owners.clear()
        for run in runs:
            self.runs[run.id] = run
        for one in steps:
            begun = Stay(self.runs[one.run].procedure, one.step, one.run, one.variables)
            self.stays.append(begun)
            for effect in one.effects[one.at :]:  # a later step of the same turn takes its own away again
                self._owners[id(effect)] = begun
        for run in self.runs.values():
            stay = self._last(run.id)
            if run.waiting is not None and stay is not None and stay.waited_for[-1:] != [run.waiting.kind]:
                stay.waited_for.append(run.waiting.kind)

    def said(self, effect: f.Effect, run: str | None, line: Line) -> None:
        """Note what the agent said at the step that brought it about, else at the last one of that run."""
        stay = self._owners.get(id(effect)) or self._last(run) or self.opening(run)
        if stay is not None:
            stay.said.append(line)

    def heard(self, run: str | None, line: Line) -> None:
        """Note what the customer said at the step where the run waits."""
        stay = self._last(run) or self.opening(run)
        if stay is not None:
            stay.said.append(line)

    def did(self, wanted: f.Perform, answer: str) -> None:
        """Note an act, and what became of it."""
        stay = self._last(wanted.run)
        if stay is not None:
            stay.acts.append(f"{in_words(wanted.act)}: {answer}")

    def opening(self, run: str | None) -> Stay | None:
        """The place of what is asked before the first step."""
        known = self.runs.get(run or "")
        if known is None:
            return None
        stay = Stay(known.procedure, "", known.id, {})
        self.stays.append(stay)
        return stay

    def _last(self, run: str | None) -> Stay | None:
        return next((stay for stay in reversed(self.stays) if stay.run == run), None)

    def paint(self, published: Published) -> Paint:
        """The whole way, with the branches of the outermost procedure."""
        visits = tuple(self._visit(at, stay, published) for at, stay in enumerate(self.stays))
        return painted(published.procedure, visits)

    def _visit(self, at: int, stay: Stay, published: Published) -> Visit:
        run = self.runs[stay.run]
        follower = next((one for one in self.stays[at + 1 :] if one.run == stay.run), None)
        after = run.variables if follower is None else follower.before
        procedure = procedure_of(published, stay.procedure)
        to = follower.step if follower else END if run.status == "completed" else None
        changed = {name: value for name, value in after.items() if stay.before.get(name, ...) != value}
        waited = tuple(stay.waited_for)
        taken = exit_taken(procedure, stay.step, to, stay.before, changed, waited) if procedure else None
        return Visit(
            procedure=stay.procedure,
            step=stay.step,
            before=dict(stay.before),
            after=changed,
            exit=taken,
            to=to,
            outcome=outcome_of(run, follower is None),
            said=tuple(stay.said),
            acts=tuple(stay.acts),
            waited_for=waited,
        )


def outcome_of(run: Run, last: bool) -> VisitOutcome:
    """How a run's stay at a step ended."""
    if not last:
        return "passed"
    return "waiting" if run.status == "running" else run.status


def procedure_of(published: Published, slug: str) -> Procedure | None:
    """A procedure, or one that it runs, by its slug."""
    if published.slug == slug:
        return published.procedure
    found = (procedure_of(child, slug) for child in published.procedures.values())
    return next((one for one in found if one is not None), None)


def painted(procedure: Procedure, visits: tuple[Visit, ...]) -> Paint:
    """Visits with the branches that they took, and the others."""
    taken = dict.fromkeys(
        Branch(step=one.step, exit=one.exit, to=one.to)
        for one in visits
        if one.procedure == procedure.slug and one.exit is not None and one.to is not None
    )
    never = tuple(one for one in branches(procedure) if one not in taken)
    return Paint(visits=visits, taken=tuple(taken), never=never)


def branches(procedure: Procedure) -> tuple[Branch, ...]:
    """Every way from a step to another, in the order of the document."""
    graph = Graph(procedure)
    return tuple(
        Branch(step=edge.source, exit=edge.label, to=edge.target) for edges in graph.edges.values() for edge in edges
    )


def exit_taken(
    procedure: Procedure,
    step: str,
    to: str | None,
    before: Mapping[str, Any],
    changed: Mapping[str, Any],
    waited: Sequence[str] = (),
) -> str | None:
    """By which of its exits a run left a step, None where it stayed or ended there.

    before: the values then. changed: those that it set. waited: what it waited for.
    """
    if to is None or step not in procedure.by_id:
        return None
    one = procedure.by_id[step]
    fitting = [exit for exit in one.exits() if procedure.target(step, exit.to) == to]
    return _told_apart(one, fitting, before, changed, waited[-1:]).label if fitting else None


def _told_apart(
    step: StepBase,
    fitting: list[Exit],
    before: Mapping[str, Any],
    changed: Mapping[str, Any],
    last: Sequence[str],
) -> Exit:
    """The exit of several to the same step that was meant."""
    labels = {exit.label: exit for exit in fitting}
    if isinstance(step, ConditionStep) and len(fitting) > 1:
        return labels["then" if holds(step.operator, look_up(step.path, before), step.value) else "else"]
    if "on_error" in labels and "error" in changed:
        return labels["on_error"]
    # a refusal leaves from where the question stood: what was agreed to waits for its effect after that
    for label, question in (("on_decline", "confirmation"), ("on_expiry", "approval")):
        if label in labels and list(last) == [question]:
            return labels[label]
    unlikely = ("on_error", "on_decline", "on_expiry") if len(fitting) > 1 else ()
    return next((exit for exit in fitting if exit.label not in unlikely), fitting[0])


def in_words(act: f.Act) -> str:
    """An act in a few words: a call by its method and address, anything else by its kind."""
    shown = act.shown()
    return f"{shown['method']} {shown['url']}" if isinstance(act, f.CallHttp) else act.kind

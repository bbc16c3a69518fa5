"""Taking back what the customer said before: what depended on it is undone, and what happened is never repeated."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from deskhand.domain.frame import Frame
from deskhand.domain.procedure import Procedure, Published
from deskhand.domain.state import Run
from deskhand.domain.steps.acting import ActionStep
from deskhand.domain.steps.base import StepBase, Surroundings
from deskhand.domain.steps.collect import CollectStep
from deskhand.domain.variables import Variable

FROM_CUSTOMER = frozenset({"customer", "argument", "default"})


@dataclass(frozen=True, slots=True)
class Plan:
    """What a correction of some variables means for a run."""

    back_to: str | None
    """The step to go on from, empty for what is asked before the first one; None where nothing is undone."""
    kept: Mapping[str, str]
    """Steps after it that stay as they are, with the step that followed each."""
    dropped: frozenset[str]
    """Variables that came of what is undone."""
    undone: frozenset[str]
    """The steps that are undone."""
    too_late: bool
    """Whether something that cannot be taken back was done with them, or because of them."""


def can_correct(run: Run, name: str) -> bool:
    """Whether a variable holds what the customer said."""
    return name in run.variables and run.sources.get(name) in FROM_CUSTOMER


def plan(published: Published, run: Run, names: Iterable[str], ask: Iterable[str] = ()) -> Plan:
    """What has to be undone where `names` change; those in `ask` are asked for again."""
    procedure, again = published.procedure, frozenset(ask)
    trail = run.trail
    reads = _reads(published, set(trail))
    begin = max((at for at, step in enumerate(trail) if _asks(procedure, step, set(names))), default=-1)
    tainted, undone = set(names), set[str]()
    first: int | None = None
    for at in range(begin + 1, len(trail)):
        step = trail[at]
        if tainted & reads[step]:
            undone.add(step)
            tainted |= set(procedure.by_id[step].writes())
            first = at if first is None else first
    needed = any(one.path[0] in tainted for variable in procedure.variables for one in variable.ask_when)
    if again or needed:
        undone |= {step for step in trail if _asks(procedure, step, set(again))}
        first = max(begin, 0)
    back_to = None if first is None else "" if needed or (again and begin < 0) else trail[first]
    after = [] if first is None else trail[first:]
    acted = set(run.acted)
    branched = any(len(procedure.by_id[step].exits()) > 1 for step in undone)
    return Plan(
        back_to=back_to,
        kept={step: to for step, to in pairwise(after) if step not in undone},
        dropped=frozenset(tainted - set(names)) | again,
        undone=frozenset(undone),
        too_late=bool(acted & undone) or (branched and bool(acted & set(after))),
    )


def rewind(frame: Frame, wanted: Plan, values: Mapping[str, Any]) -> None:
    """Put a run back to where a correction begins, with the corrected values in place."""
    ledger = frame.given.ledger
    for step in wanted.undone:
        action = _action(frame, step)
        if action is not None and ledger.facts.pop(action.slug, None) is not None and action.identity:
            ledger.identity = None  # it was proved with what is taken back
    came_of = {name for name, source in frame.sources.items() if source in wanted.undone}
    for name in wanted.dropped | came_of:
        frame.variables.pop(name, None)
        frame.sources.pop(name, None)
    frame.ahead = [name for name in frame.ahead if name not in wanted.dropped]
    for name, value in values.items():
        frame.assign(name, value, "customer")
    frame.kept = {**frame.kept, **wanted.kept}
    frame.waiting = None


def _asks(procedure: Procedure, step: str, names: set[str]) -> bool:
    one = procedure.by_id[step]
    return isinstance(one, CollectStep) and one.variable in names


def _reads(published: Published, steps: Iterable[str]) -> dict[str, set[str]]:
    around = Surroundings(
        procedure=published.procedure,
        actions=published.actions,
        procedures={slug: child.procedure for slug, child in published.procedures.items()},
    )
    found = {}
    for name in steps:
        step = published.procedure.by_id[name]
        passed = set(published.procedure.types) if getattr(step, "passes_on", False) else set()
        given = {one.name for one in _given(published, step)} - set(getattr(step, "arguments", {}))
        found[name] = {read.path[0] for read in step.reads(around)} | passed | given
    return found


def _given(published: Published, step: StepBase) -> Iterable[Variable]:
    """What the action of a step takes from variables of the same names, optional ones included."""
    slug = getattr(step, "action", None)
    action = published.actions.get(slug) if isinstance(step, ActionStep) and slug else None
    return action.variables if action else ()


def _action(frame: Frame, step: str) -> Any:
    one = frame.published.procedure.by_id[step]
    return one.of(frame) if isinstance(one, ActionStep) and not one.is_inline() else None

"""Taking back what the customer said before: what depended on it is undone, and what happened is never repeated."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from deskhand.domain.depending import established, uses_of
from deskhand.domain.frame import Frame
from deskhand.domain.procedure import Procedure, Published
from deskhand.domain.state import Run, is_from_customer
from deskhand.domain.steps.collect import CollectStep


@dataclass(frozen=True, slots=True)
class Plan:
    """What a correction of some variables means for a run."""

    back_to: str | None
    """The step to go on from, empty for what is asked before the first one; None where nothing is undone."""
    before: tuple[str, ...]
    """The steps before it."""
    kept: Mapping[str, str]
    """Steps after it that stay as they are, in their order, with the step that followed each."""
    dropped: frozenset[str]
    """Variables that came of what is undone."""
    undone: frozenset[str]
    """The steps that are undone."""
    changed: frozenset[str]
    """What is another value now, or none."""
    too_late: bool
    """Whether something that cannot be taken back was done with them, or because of them."""


@dataclass(frozen=True, slots=True)
class _Spread:
    """How far a correction reaches, along the steps that were gone through."""

    undone: frozenset[str]
    changed: frozenset[str]
    first: int | None


def can_correct(run: Run, name: str) -> bool:
    """Whether a variable holds what the customer said."""
    return name in run.variables and is_from_customer(run, run.sources.get(name))


def plan(published: Published, run: Run, names: Iterable[str], ask: Iterable[str] = ()) -> Plan:
    """What has to be undone where `names` change; those in `ask` are asked for again."""
    procedure, again, acted = published.procedure, frozenset(ask), set(run.acted)
    path = (*run.trail, *run.kept)  # what an earlier correction kept lies before us, and is done all the same
    since = {name: _asked_last(procedure, path, name) for name in names}
    spread = _spread(published, path, since)
    undone, changed, first = spread.undone, spread.changed, spread.first
    needed = any(one.path[0] in changed for variable in procedure.variables for one in variable.ask_when)
    from_start = needed or any(since[name] < 0 for name in again)
    if again or needed:
        undone |= {step for step in path if any(_asks(procedure, step, name) for name in again)}
        asked = (since[name] for name in again)
        first = 0 if from_start else min((*asked, *([] if first is None else [first])))
    back = first is not None and (from_start or first < len(run.trail))
    branched = next((step for step in path[first:] if step in undone and _branches(procedure, step)), None)
    lost = acted - set(path)  # too long ago, or in a round of a loop that an earlier correction passed over
    reads_lost = any(changed & uses.reads for uses in uses_of(published, lost).values())
    return Plan(
        back_to=None if first is None or not back else "" if from_start else run.trail[first],
        before=run.trail[:first] if back else run.trail,
        kept=_kept(procedure, run, first if back else None, undone, branched),
        dropped=(changed - since.keys()) | again,
        undone=undone,
        changed=changed,
        too_late=bool(acted & undone)
        or (branched is not None and bool(acted & set(path[first:])))
        or (bool(lost) and (from_start or reads_lost)),
    )


def rewind(frame: Frame, wanted: Plan, values: Mapping[str, Any]) -> None:
    """Put a run back to where a correction begins, with the corrected values in place."""
    ledger, published = frame.given.ledger, frame.published
    for step in wanted.undone:
        for slug, action in established(published, published.procedure.by_id[step], wanted.changed).items():
            if ledger.facts.pop(slug, None) is not None and action.identity:
                ledger.identity = None  # it was proved with what is taken back
    came_of = {name for name, source in frame.sources.items() if source in wanted.undone}
    for name in wanted.dropped | came_of:
        frame.variables.pop(name, None)
        frame.sources.pop(name, None)
    frame.ahead = [name for name in frame.ahead if name not in wanted.dropped]
    for name, value in values.items():
        frame.assign(name, value, "customer")
    frame.kept = dict(wanted.kept)
    if wanted.back_to is not None:
        frame.trail = list(wanted.before)
        frame.waiting = None


def _spread(published: Published, path: Sequence[str], since: Mapping[str, int]) -> _Spread:
    """Follow changed values from step to step; each counts from where it was asked for last."""
    uses = uses_of(published, set(path))
    derived, undone = set[str](), set[str]()
    first: int | None = None
    for at, step in enumerate(path):
        live = derived | {name for name, asked in since.items() if asked < at}
        if live & uses[step].reads:
            undone.add(step)
            derived |= uses[step].writes
            first = at if first is None else first
    return _Spread(frozenset(undone), frozenset(derived | since.keys()), first)


def _kept(
    procedure: Procedure, run: Run, first: int | None, undone: frozenset[str], branched: str | None
) -> dict[str, str]:
    """What is passed over on the way back to where the run is now; from there on everything is new.

    Behind a step that may lead elsewhere this time, answers alone are kept: all else may come out differently.
    """
    before = () if first is None else run.trail[first:]
    following = dict(pairwise(before))  # of several rounds of a loop the last one counts
    way: dict[str, str] = {}
    step = before[0] if before else ""
    while before and step != before[-1]:
        way[step] = following[step]
        step = following[step]
    found, passed = dict[str, str](), False
    for step, to in (*way.items(), *run.kept.items()):
        if step not in undone and (not passed or isinstance(procedure.by_id[step], CollectStep)):
            found[step] = to
        passed = passed or step == branched
    return found


def _asked_last(procedure: Procedure, path: Sequence[str], name: str) -> int:
    """Where a variable was asked for last, -1 where that was before the first step."""
    return max((at for at, step in enumerate(path) if _asks(procedure, step, name)), default=-1)


def _asks(procedure: Procedure, step: str, name: str) -> bool:
    one = procedure.by_id[step]
    return isinstance(one, CollectStep) and one.variable == name


def _branches(procedure: Procedure, step: str) -> bool:
    return len(procedure.by_id[step].exits()) > 1

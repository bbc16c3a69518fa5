"""What steps depend on and leave behind: variables, and the facts that their actions establish and require."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from deskhand.domain.actions import AnyAction
from deskhand.domain.preconditions import Holds, Succeeded
from deskhand.domain.procedure import Published
from deskhand.domain.steps.acting import ActionStep
from deskhand.domain.steps.base import StepBase, Surroundings
from deskhand.domain.templates import placeholders
from deskhand.domain.variables import Variable

Names = frozenset[str]
"""Variables by their names, `identity`, and facts as `facts.` with the action's slug."""


@dataclass(frozen=True, slots=True)
class Uses:
    """What one step takes and gives."""

    reads: Names
    writes: Names


def uses_of(published: Published, steps: Iterable[str]) -> dict[str, Uses]:
    """What each of the steps takes and gives."""
    around = Surroundings(
        procedure=published.procedure,
        actions=published.actions,
        procedures={slug: child.procedure for slug, child in published.procedures.items()},
    )
    return {name: _uses(published, published.procedure.by_id[name], around) for name in steps}


def established(published: Published, step: StepBase, changed: Iterable[str]) -> dict[str, AnyAction]:
    """Actions whose success the step may have established with what changed, by their slugs."""
    action = _action(published, step)
    if action is not None:
        moved = {one.name for one in action.variables if _takes(step, one, set(changed))}
        begun = (one.actions[0] for one in action.preconditions if isinstance(one, Succeeded) and one.start)
        first = (published.actions.get(slug) for slug in begun)
        return {action.slug: action} | {
            one.slug: one for one in first if one is not None and moved & {variable.name for variable in one.variables}
        }
    child = published.procedures.get(getattr(step, "procedure", ""))
    found: dict[str, AnyAction] = {}
    for inner in child.procedure.steps if child else ():
        assert child is not None
        everything = set(child.procedure.types) | {"identity"}
        found |= established(child, inner, everything)
    return found


def _uses(published: Published, step: StepBase, around: Surroundings) -> Uses:
    passed = set(published.procedure.types) if getattr(step, "passes_on", False) else set()
    action = _action(published, step)
    given = {one.name for one in action.variables} - _templates(step).keys() if action else set()
    reads = {_name(read.path) for read in step.reads(around)} | passed | given
    return Uses(
        reads=frozenset(reads | set(_required(action) if action else ())),
        writes=frozenset(set(step.writes()) | _proved(established(published, step, reads))),
    )


def _proved(actions: Mapping[str, AnyAction]) -> set[str]:
    who = {"identity" for action in actions.values() if action.identity}
    return {f"facts.{slug}" for slug in actions} | who


def _required(action: AnyAction) -> Iterator[str]:
    """The facts that its preconditions look at."""
    for rule in action.preconditions:
        if isinstance(rule, Succeeded):
            yield from (f"facts.{slug}" for slug in rule.actions)
        elif isinstance(rule, Holds):
            yield from (_name(condition.path) for condition in rule.conditions)
            yield from (_name(one.path) for condition in rule.conditions for one in condition.placeholders())


def _name(path: tuple[str, ...]) -> str:
    return ".".join(path[:2]) if path[0] == "facts" else path[0]


def _action(published: Published, step: StepBase) -> AnyAction | None:
    """The workspace's action that a step uses; what a step describes itself establishes nothing."""
    slug = getattr(step, "action", None)
    return published.actions.get(slug) if isinstance(step, ActionStep) and slug else None


def _templates(step: StepBase) -> Mapping[str, str]:
    found: Any = getattr(step, "arguments", {})
    return found if isinstance(found, dict) else {}


def _takes(step: StepBase, variable: Variable, changed: set[str]) -> bool:
    """Whether what the action is given for its variable comes of what changed."""
    template = _templates(step).get(variable.name)
    if template is None:
        return variable.name in changed
    return any(_name(placeholder.path) in changed for placeholder in placeholders(template))

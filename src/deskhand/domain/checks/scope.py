"""What a step can use: the variables that have a value where it begins, on every way to it or on some."""

from collections.abc import Iterator
from dataclasses import dataclass

from deskhand.domain.checks.assignment import ERROR, Ways
from deskhand.domain.checks.case import Case
from deskhand.domain.procedure import Procedure
from deskhand.domain.sentences import in_language
from deskhand.domain.steps import END, StepBase
from deskhand.domain.steps.collect import CollectStep
from deskhand.domain.values import TypeName

DECLARED = ""
"""In place of a step: the procedure's own declaration sets it."""


@dataclass(frozen=True, slots=True)
class Known:
    """A variable that may have a value at a step."""

    name: str
    type: TypeName | None
    always: bool
    """Whether it has one on every way to the step; otherwise on some."""
    set_by: tuple[str, ...]
    """The steps that set it on a way to here; empty for the procedure's declaration."""
    example: str | None = None
    description: str = ""
    sensitive: bool = False


def known_at(case: Case, step: str) -> Iterator[Known]:
    """The variables that have a value when a step begins, in the order in which a run may get them.

    A step that nothing leads to knows what the procedure declares, and nothing else.
    """
    ways = Ways(case)
    before = _setters(case, step)
    for name in dict.fromkeys([*case.procedure.declared, *before]):
        declared = name in case.procedure.declared
        certain = name in ways.given or (bool(before.get(name)) and not _may_lack(case, step, name))
        setters = ([DECLARED] if declared else []) + before.get(name, [])
        example, description = _told(case.procedure, name)
        yield Known(
            name=name,
            type=case.procedure.types.get(name),
            always=certain,
            set_by=tuple(setters),
            example=example,
            description=description,
            sensitive=name in case.procedure.sensitive,
        )


def _may_lack(case: Case, step: str, name: str) -> bool:
    """Whether some way to a step never sets a variable."""
    return step in case.graph.reached_along(lambda edge: name not in edge.sets)


def _setters(case: Case, step: str) -> dict[str, list[str]]:
    """By variable, the steps that can set it before this one begins."""
    leading = _leading_to(case, step)
    found: dict[str, list[str]] = {}
    for one in case.procedure.steps:
        if one.id not in case.graph.ways:
            continue
        for edge in case.graph.edges[one.id]:
            if edge.target not in leading:
                continue
            for name in edge.sets:
                if _really_sets(one, name) and one.id not in found.setdefault(name, []):
                    found[name].append(one.id)
    return found


def _really_sets(step: StepBase, name: str) -> bool:
    """Whether a step gives the variable its value; a condition only finds out that it has one."""
    return name == ERROR or name in step.writes()


def _leading_to(case: Case, step: str) -> set[str]:
    """The steps from which a run can come to this one, itself among them."""
    sources: dict[str, list[str]] = {}
    for edges in case.graph.edges.values():
        for edge in edges:
            sources.setdefault(edge.target, []).append(edge.source)
    leading, open_now = {step}, [step]
    while open_now:
        for source in sources.get(open_now.pop(), []):
            if source != END and source not in leading:
                leading.add(source)
                open_now.append(source)
    return leading


def _told(procedure: Procedure, name: str) -> tuple[str | None, str]:
    """A variable's example and description, as its builder wrote them."""
    fields = [field for step in procedure.steps for field in step.form_fields()]
    for variable in (*procedure.variables, *fields):
        if variable.name == name:
            return variable.example, variable.description
    asked = next((one for one in procedure.steps if isinstance(one, CollectStep) and one.variable == name), None)
    return (asked.example, in_language(asked.prompt, "en")) if asked else (None, "")

"""Variables that are numbers in one step and texts in another."""

from collections.abc import Iterator

from deskhand.domain.checks.case import Case, problem
from deskhand.domain.conditions import NUMERIC_OPERATORS
from deskhand.domain.problems import Problem
from deskhand.domain.steps.condition import ConditionStep
from deskhand.domain.values import NUMERIC


def mixed_types(case: Case) -> Iterator[Problem]:
    """Numeric comparisons of a variable that some step stores as something else."""
    for step in case.procedure.steps:
        if not isinstance(step, ConditionStep) or step.operator not in NUMERIC_OPERATORS:
            continue
        kinds = _kinds(case, step.variable)
        others = [f"as {kind} in {where}" for where, kind in kinds.items() if kind not in NUMERIC]
        if others and len(others) < len(kinds):
            numbers = [f"as {kind} in {where}" for where, kind in kinds.items() if kind in NUMERIC]
            sentence = (
                f"`{step.operator}` compares numbers, but `{step.variable}` is stored {numbers[0]} and {others[0]}: "
                "store it as a number everywhere."
            )
            yield problem("operator-type", sentence, step=step.id, field="variable")


def _kinds(case: Case, name: str) -> dict[str, str]:
    """The known types of a variable, by where it gets them."""
    declared = case.procedure.declared.get(name)
    kinds: dict[str, str] = {"the declaration": declared.type} if declared else {}
    for step in case.procedure.steps:
        kind = step.writes().get(name)
        if kind is not None:
            kinds[f"`{step.id}`"] = kind
    return kinds

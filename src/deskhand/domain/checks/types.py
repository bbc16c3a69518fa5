"""Variables that are numbers in one step and texts in another."""

from collections.abc import Iterator

from deskhand.domain.checks.case import Case, problem
from deskhand.domain.conditions import NUMERIC_OPERATORS
from deskhand.domain.phrases import phrase
from deskhand.domain.problems import Problem
from deskhand.domain.steps.condition import ConditionStep
from deskhand.domain.values import NUMERIC


def mixed_types(case: Case) -> Iterator[Problem]:
    """Numeric comparisons of a variable that some step stores as something else."""
    for step in case.procedure.steps:
        if not isinstance(step, ConditionStep) or step.operator not in NUMERIC_OPERATORS:
            continue
        kinds = _kinds(case, step.variable)
        others = [
            phrase("as {kind} in {where}", kind=kind, where=where)
            for where, kind in kinds.items()
            if kind not in NUMERIC
        ]
        if others and len(others) < len(kinds):
            numbers = [
                phrase("as {kind} in {where}", kind=kind, where=where)
                for where, kind in kinds.items()
                if kind in NUMERIC
            ]
            sentence = phrase(
                "`{operator}` compares numbers, but `{variable}` is stored {first} and {other}: "
                "store it as a number everywhere.",
                operator=step.operator,
                variable=step.variable,
                first=numbers[0],
                other=others[0],
            )
            yield problem("operator-type", sentence, step=step.id, field="variable")


def _kinds(case: Case, name: str) -> dict[str, str]:
    """The known types of a variable, by where it gets them."""
    declared = case.procedure.declared.get(name)
    kinds: dict[str, str] = {phrase("the declaration"): declared.type} if declared else {}
    for step in case.procedure.steps:
        kind = step.writes().get(name)
        if kind is not None:
            kinds[f"`{step.id}`"] = kind
    return kinds

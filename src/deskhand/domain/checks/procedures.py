"""Procedures that run each other in a circle."""

from collections import deque
from collections.abc import Iterator

from deskhand.domain.checks.case import Case, problem
from deskhand.domain.checks.graph import Way, drawn
from deskhand.domain.phrases import phrase
from deskhand.domain.problems import Problem
from deskhand.domain.procedure import Procedure
from deskhand.domain.steps.procedure import ProcedureStep


def procedure_cycles(case: Case) -> Iterator[Problem]:
    """Steps that run a procedure which, by way of others, runs this one again."""
    slug = case.procedure.slug
    for step in case.procedure.steps:
        if not isinstance(step, ProcedureStep) or step.procedure == slug:
            continue  # a procedure that runs itself is told by the step's own check
        way = _way_back(case, step.procedure)
        if way:
            sentence = phrase(
                "`{procedure}` comes back to this procedure ({way}): break the circle.",
                procedure=step.procedure,
                way=drawn(way),
            )
            yield problem("recursion", sentence, step=step.id, field="procedure", path=way)


def _way_back(case: Case, first: str) -> Way | None:
    """The shortest chain of procedures from this one back to itself."""
    slug = case.procedure.slug
    ways: dict[str, Way] = {first: (slug, first)}
    queue = deque([first])
    while queue:
        one = queue.popleft()
        for called in _called(case.around.procedures.get(one)):
            if called == slug:
                return (*ways[one], slug)
            if called not in ways:
                ways[called] = (*ways[one], called)
                queue.append(called)
    return None


def _called(procedure: Procedure | None) -> list[str]:
    steps = procedure.steps if procedure else []
    return [step.procedure for step in steps if isinstance(step, ProcedureStep)]

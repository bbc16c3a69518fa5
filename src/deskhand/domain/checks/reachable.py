"""Steps that no way leads to."""

from collections.abc import Iterator

from deskhand.domain.checks.case import Case, problem
from deskhand.domain.problems import Problem


def reachable(case: Case) -> Iterator[Problem]:
    """Steps that no run can ever enter."""
    graph = case.graph
    for step in case.procedure.steps:
        if step.id not in graph.ways:
            sentence = f"no way from `{graph.start}` leads here: let a step go to `{step.id}`, or remove it."
            yield problem("unreachable", sentence, step=step.id)

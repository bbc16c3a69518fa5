"""Steps that no way leads to."""

from collections.abc import Iterator

from deskhand.domain.checks.case import Case, problem
from deskhand.domain.phrases import phrase
from deskhand.domain.problems import Problem


def reachable(case: Case) -> Iterator[Problem]:
    """Steps that no run can ever enter."""
    graph = case.graph
    for step in case.procedure.steps:
        if step.id not in graph.ways:
            sentence = phrase(
                "no way from `{start}` leads here: let a step go to `{id}`, or remove it.",
                start=graph.start,
                id=step.id,
            )
            yield problem("unreachable", sentence, step=step.id)

"""Loops that never wait for anybody."""

from collections.abc import Iterator

from deskhand.domain.checks.case import Case, problem
from deskhand.domain.checks.graph import Way, drawn
from deskhand.domain.checks.people import waits_for_a_person
from deskhand.domain.phrases import phrase
from deskhand.domain.problems import Problem


def cycles(case: Case) -> Iterator[Problem]:
    """Ways that lead back to a step they have passed, with no person in between: a run could go round for ever."""
    restless = frozenset(
        step.id
        for step in case.procedure.steps
        if step.id in case.graph.ways and not waits_for_a_person(step, case.around)
    )
    told: set[str] = set()
    for step in case.procedure.steps:
        if step.id not in restless or step.id in told:
            continue
        cycle = case.graph.shortest_cycle(restless, step.id)
        if cycle:
            told.update(cycle)
            yield problem("endless-cycle", _sentence(cycle), step=step.id, path=cycle)


def _sentence(cycle: Way) -> str:
    if len(cycle) == 2:
        return phrase(
            "`{step}` leads straight back to itself and would go on for ever: let it go on to another step.",
            step=cycle[0],
        )
    return phrase(
        "the loop {cycle} never waits for anybody and could go on for ever: "
        "ask the customer something in it, or let it end.",
        cycle=drawn(cycle),
    )

"""Whether anybody has tried it."""

from collections.abc import Iterator

from deskhand.domain.checks.case import Case, problem
from deskhand.domain.problems import Problem


def simulated(case: Case) -> Iterator[Problem]:
    """A procedure that was never simulated."""
    if not case.simulated:
        sentence = "it was never simulated: go through it once with made-up answers before customers do."
        yield problem("never-simulated", sentence, severity="warning")

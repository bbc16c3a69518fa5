"""What each step says of itself."""

from collections.abc import Iterator

from deskhand.domain.checks.case import Case
from deskhand.domain.problems import Problem


def own(case: Case) -> Iterator[Problem]:
    """The problems that a step finds without looking at the others."""
    for step in case.procedure.steps:
        yield from step.check(case.around)

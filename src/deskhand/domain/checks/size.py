"""How long a procedure is."""

from collections.abc import Iterator

from deskhand.domain.checks.case import Case, problem
from deskhand.domain.phrases import phrase
from deskhand.domain.problems import Problem

MANY = 20


def size(case: Case) -> Iterator[Problem]:
    """More steps than one can keep in mind."""
    count = len(case.procedure.steps)
    if count > MANY:
        sentence = phrase(
            "there are {count} steps: more than {most} are hard to follow. "
            "Move a part into a procedure of its own and run it with a `procedure` step.",
            count=count,
            most=MANY,
        )
        yield problem("many-steps", sentence, field="steps", severity="warning")

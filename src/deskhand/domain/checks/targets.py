"""Where steps lead."""

from collections.abc import Iterator

from deskhand.domain.checks.case import Case, problem
from deskhand.domain.phrases import phrase
from deskhand.domain.problems import Problem
from deskhand.domain.steps import END
from deskhand.domain.suggestions import closest


def targets(case: Case) -> Iterator[Problem]:
    """Exits that lead to a step which does not exist."""
    by_id = case.procedure.by_id
    for step in case.procedure.steps:
        for one in step.exits():
            if one.to is None or one.to == END or one.to in by_id:
                continue
            meant = closest(one.to, [*by_id, END])
            advice = (
                phrase("did you mean `{meant}`?", meant=meant)
                if meant
                else phrase("choose a step of this procedure, or `end`.")
            )
            sentence = phrase(
                "`{field}` leads to `{to}`, but there is no such step; {advice}",
                field=one.label,
                to=one.to,
                advice=advice,
            )
            yield problem("unknown-step", sentence, step=step.id, field=one.label)

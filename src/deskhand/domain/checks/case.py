"""What every check is given."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from deskhand.domain.checks.graph import Graph, Way
from deskhand.domain.errors import TemplateError
from deskhand.domain.problems import Problem
from deskhand.domain.procedure import Procedure
from deskhand.domain.steps import StepBase
from deskhand.domain.steps.base import Read, Surroundings


@dataclass(frozen=True)
class Case:
    """One procedure to be checked, in its surroundings."""

    procedure: Procedure
    around: Surroundings
    simulated: bool = False

    @cached_property
    def graph(self) -> Graph:
        return Graph(self.procedure)

    def reads(self, step: StepBase) -> list[Read]:
        """What a step reads; nothing where one of its texts is no template, which its own check tells."""
        try:
            return list(step.reads(self.around))
        except TemplateError:
            return []


def problem(
    code: str,
    sentence: str,
    *,
    step: str | None = None,
    field: str | None = None,
    path: Way = (),
    severity: Literal["error", "warning"] = "error",
) -> Problem:
    """A problem with the step that has it and the way that shows it."""
    return Problem(severity=severity, code=code, step=step, field=field, sentence=sentence, path=path)

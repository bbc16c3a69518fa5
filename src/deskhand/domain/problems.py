"""What publishing finds: a step, a sentence, and the path that breaks it."""

from typing import Literal

from deskhand.domain.errors import DeskhandError
from deskhand.domain.model import Record


class Problem(Record):
    """One thing that is wrong (an error refuses publishing) or doubtful (a warning does not)."""

    severity: Literal["error", "warning"] = "error"
    code: str
    step: str | None = None
    """The step's id, or None where it is about the whole procedure."""
    field: str | None = None
    sentence: str
    path: tuple[str, ...] = ()
    """The steps that lead to it, where that matters."""

    def __str__(self) -> str:
        where = self.step or "procedure"
        return f"{where}: {self.sentence}"


class Invalid(DeskhandError):
    """The procedure has problems."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems

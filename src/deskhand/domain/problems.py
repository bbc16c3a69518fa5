"""What publishing finds: a step, a sentence, and the path that breaks it."""

from typing import Literal

from deskhand.domain.errors import DeskhandError
from deskhand.domain.model import Record
from deskhand.domain.phrases import Kept, joined, phrase


class Problem(Record):
    """One thing that is wrong (an error refuses publishing) or doubtful (a warning does not)."""

    severity: Literal["error", "warning"] = "error"
    code: str
    step: str | None = None
    """The step's id, or None where it is about the whole procedure."""
    field: str | None = None
    sentence: Kept
    path: tuple[str, ...] = ()
    """The steps that lead to it, where that matters."""

    def told(self) -> str:
        """The sentence with the step that it is about."""
        return phrase("{where}: {sentence}", where=self.step or phrase("procedure"), sentence=self.sentence)

    def __str__(self) -> str:
        return str(self.told())


class Invalid(DeskhandError):
    """The procedure has problems."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(joined((one.told() for one in problems), "; "))
        self.problems = problems

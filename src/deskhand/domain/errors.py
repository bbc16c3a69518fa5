"""The errors of the domain: each class's docstring is its default sentence."""

from deskhand.domain.phrases import Phrase, phrase


class DeskhandError(Exception):
    """Something went wrong."""

    def __init__(self, sentence: str | None = None) -> None:
        told = sentence or (type(self).__doc__ or "").strip()
        self.sentence: str = told if isinstance(told, Phrase) else phrase(told)
        """What to tell the person who can mend it."""
        super().__init__(self.sentence)


class TemplateError(DeskhandError):
    """A template cannot be filled in."""


class DocumentError(DeskhandError):
    """A procedure document cannot be read."""


class RuleError(DeskhandError):
    """What was asked for is not allowed in the present state."""

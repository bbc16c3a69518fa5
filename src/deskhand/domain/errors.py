"""The errors of the domain: each class's docstring is its default sentence."""


class DeskhandError(Exception):
    """Something went wrong."""

    def __init__(self, sentence: str | None = None) -> None:
        super().__init__(sentence or (type(self).__doc__ or "").strip())

    @property
    def sentence(self) -> str:
        """What to tell the person who can mend it."""
        return str(self)


class TemplateError(DeskhandError):
    """A template cannot be filled in."""


class DocumentError(DeskhandError):
    """A procedure document cannot be read."""


class RuleError(DeskhandError):
    """What was asked for is not allowed in the present state."""

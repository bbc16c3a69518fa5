"""A value found in a message, and where."""

from dataclasses import dataclass

LOOKED_AT = 4_000
"""Characters of a message in which values are looked for."""


@dataclass(frozen=True, slots=True)
class Found:
    """A value as it is to be checked against its type, and the characters that it was read from."""

    value: str | bool
    start: int
    end: int

    def without(self, text: str) -> str:
        """The text with this value's characters blanked, so that nothing reads them again."""
        return text[: self.start] + " " * (self.end - self.start) + text[self.end :]

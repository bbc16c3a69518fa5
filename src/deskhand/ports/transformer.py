"""Transforming answers with a builder's JavaScript, apart from everything else."""

from typing import Protocol

from deskhand.domain.errors import DeskhandError
from deskhand.domain.model import Json


class TransformFailed(DeskhandError):
    """The transformer failed."""


class Transformer(Protocol):
    """Runs `transform(response, context)` of a script."""

    async def transform(self, source: str, response: Json, context: Json) -> Json:
        """The value that the script's `transform` returns.

        Raises TransformFailed with what is wrong: syntax, an exception, too long, too much memory, no JSON.
        """
        ...

    async def close(self) -> None:
        """End all workers."""
        ...

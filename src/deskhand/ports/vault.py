"""Keeping secrets: what is stored cannot be read without the key, nor moved to another place."""

from typing import Protocol

from deskhand.domain.errors import DeskhandError


class CannotUnseal(DeskhandError):
    """A secret was stored with another key than the one in use."""


class Vault(Protocol):
    """Seals and unseals values."""

    def seal(self, workspace: str, field: str, value: str) -> bytes:
        """Encrypt a value for exactly this workspace and field."""
        ...

    def is_current(self, sealed: bytes) -> bool:
        """Whether a value was sealed with the key that seals now."""
        ...

    def unseal(self, workspace: str, field: str, sealed: bytes) -> str:
        """The value again. Raises CannotUnseal."""
        ...

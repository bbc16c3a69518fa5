"""Keeping secrets: what is stored cannot be read without the key, nor moved to another place; and signing."""

from typing import Protocol

from deskhand.domain.errors import DeskhandError


class CannotUnseal(DeskhandError):
    """A secret was stored with another key than the one in use."""


class Vault(Protocol):
    """Seals and unseals values, and signs what goes out and comes back."""

    def seal(self, workspace: str, field: str, value: str) -> bytes:
        """Encrypt a value for exactly this workspace and field."""
        ...

    def is_current(self, sealed: bytes) -> bool:
        """Whether a value was sealed with the key that seals now."""
        ...

    def unseal(self, workspace: str, field: str, sealed: bytes) -> str:
        """The value again. Raises CannotUnseal."""
        ...

    def sign(self, field: str, text: str) -> bytes:
        """What proves that this text, for this use, comes from here."""
        ...

    def is_signed(self, field: str, text: str, signature: bytes) -> bool:
        """Whether one of the keys in use signed exactly this text for this use."""
        ...

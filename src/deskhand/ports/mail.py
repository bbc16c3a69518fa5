"""Outward e-mail as the application sees it."""

from typing import Protocol

from deskhand.domain.errors import DeskhandError


class MailNotSent(DeskhandError):
    """The e-mail was certainly not sent."""


class MailOutcomeUnknown(DeskhandError):
    """The connection broke while the e-mail was being sent."""


class Mailer(Protocol):
    """Where e-mail goes."""

    async def send(self, workspace: str, to: str, subject: str, body: str, key: str) -> None:
        """Send one e-mail; `key` makes its Message-ID. Raises MailNotSent or MailOutcomeUnknown."""
        ...

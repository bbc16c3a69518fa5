"""E-mail that stays here: the mailbox for when no mail server is configured."""

from deskhand.domain.ids import make_id
from deskhand.ports.clock import Clock
from deskhand.ports.stores import Mail, Mailbox


class LocalMailbox:
    """Keeps every e-mail in the store, for members to read."""

    def __init__(self, mailbox: Mailbox, clock: Clock) -> None:
        self._mailbox = mailbox
        self._clock = clock

    async def send(self, workspace: str, to: str, subject: str, body: str, key: str) -> None:
        """Put one e-mail into the mailbox; `key` is not kept."""
        now = self._clock.now()
        mail = Mail(id=make_id("mail", now, self._clock.entropy()), to=to, subject=subject, body=body, at=now)
        await self._mailbox.add(workspace, mail)

"""The mailbox for when there is no mail server."""

from deskhand.adapters.mail.local import LocalMailbox
from deskhand.domain.ids import is_id
from deskhand.ports.mail import Mailer
from deskhand.ports.stores import Mail, Page
from tests.clock import START, ScriptedClock


class MailboxInMemory:
    """A mailbox without a database."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, Mail]] = []

    async def add(self, workspace: str, mail: Mail) -> None:
        self.rows.append((workspace, mail))

    async def page(self, workspace: str, cursor: str | None = None, limit: int = 50) -> Page:
        return Page([mail for name, mail in reversed(self.rows) if name == workspace][:limit], None)


async def test_an_email_can_be_read_in_the_workspaces_mailbox() -> None:
    mailbox, clock = MailboxInMemory(), ScriptedClock()
    mailer: Mailer = LocalMailbox(mailbox, clock)

    await mailer.send("ws_1", "ann@example.com", "Grüße", "Hello\nAnn", "k1")
    clock.advance(60)
    await mailer.send("ws_2", "bob@example.com", "Hi", "Hello Bob", "k2")

    (first,) = (await mailbox.page("ws_1")).items
    (second,) = (await mailbox.page("ws_2")).items
    assert (first.to, first.subject, first.body, first.at) == ("ann@example.com", "Grüße", "Hello\nAnn", START)
    assert second.at == START + 60_000
    assert is_id("mail", first.id)
    assert first.id != second.id

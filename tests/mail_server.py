"""A real mail server on loopback, as well or ill behaved as a test wants it."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "desk", "p@ss/w:rd"


@dataclass
class MailServer:
    """What the server does, and what it has seen. An answer of None breaks the connection, "silence" never comes."""

    on_recipient: str | None = "250 OK"
    on_data: str | None = "250 OK"
    on_quit: str | None = "221 Bye"
    tls: ssl.SSLContext | None = None
    tls_at_once: bool = False
    asks_for_password: bool = False
    port: int = 0
    sent_to: list[str] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    logins: list[tuple[bytes, bytes]] = field(default_factory=list)

    @property
    def mails(self) -> list[EmailMessage]:
        """What came with DATA, whatever was answered."""
        return [message_from_bytes(raw, policy=policy.default) for raw in self.raw]

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, to: str, _: list[str]) -> str:
        if (self.on_recipient or "").startswith("250"):
            envelope.rcpt_tos.append(to)
        return await self._answer(server, self.on_recipient)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        self.raw.append(envelope.content)
        self.sent_to += envelope.rcpt_tos
        self.encrypted.append(session.ssl is not None or self.tls_at_once)
        return await self._answer(server, self.on_data)

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        return await self._answer(server, self.on_quit)

    def authenticate(self, server: SMTP, session: Session, envelope: Envelope, how: str, given: Any) -> AuthResult:
        assert isinstance(given, LoginPassword)
        self.logins.append((given.login, given.password))
        return AuthResult(success=given.password == PASSWORD.encode(), handled=False)

    async def _answer(self, server: SMTP, answer: str | None) -> str:
        if answer is None:
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        if answer == "silence":
            await asyncio.Event().wait()
        return answer or "421 Gone"

    def protocol(self) -> SMTP:
        return SMTP(
            self,
            hostname="mail.test",
            tls_context=None if self.tls_at_once else self.tls,
            authenticator=self.authenticate if self.asks_for_password else None,
            auth_require_tls=not self.tls_at_once,
            loop=asyncio.get_running_loop(),
        )


@asynccontextmanager
async def serving(server: MailServer) -> AsyncIterator[MailServer]:
    loop = asyncio.get_running_loop()
    at_once = server.tls if server.tls_at_once else None
    listening = await loop.create_server(server.protocol, "127.0.0.1", 0, ssl=at_once)
    server.port = listening.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listening.close()

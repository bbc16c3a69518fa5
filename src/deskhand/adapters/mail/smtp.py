"""E-mail through an SMTP server."""

from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPException,
    SMTPRecipientRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)

from deskhand.adapters.mail.message import BadAddress, compose, message_id, one_line, read_address, read_sender
from deskhand.ports.mail import MailNotSent, MailOutcomeUnknown

_GOODBYE = 5.0
"""Seconds to wait for the answer to QUIT, when all is done."""


class SmtpMailer:
    """Sends each e-mail over a connection of its own.

    `tls` encrypts from the first byte; otherwise `start_tls` says whether to encrypt after the greeting: True always,
    False never, None where the server offers it, and always where there is a password. `timeout` is in seconds, for
    connecting and for each answer. Raises BadAddress for a sender that is none.
    """

    def __init__(
        self,
        host: str,
        port: int,
        username: str | None,
        password: str | None,
        sender: str,
        start_tls: bool | None,
        timeout: float = 30.0,
        *,
        tls: bool = False,
    ) -> None:
        if tls and start_tls:
            raise ValueError("a connection is encrypted from the start or after the greeting, not both")
        self._sender = read_sender(sender)
        self._host, self._port = host, port
        self._username, self._password = username, password
        self._tls, self._timeout = tls, timeout
        self._start_tls = True if start_tls is None and username is not None and not tls else start_tls

    async def send(self, workspace: str, to: str, subject: str, body: str, key: str) -> None:
        """Send one e-mail; `key` makes its Message-ID. Raises MailNotSent or MailOutcomeUnknown."""
        try:
            recipient = read_address(to)
            content = compose(self._sender, recipient, subject, body, message_id(key, self._sender))
        except BadAddress as error:
            raise MailNotSent(f"`{one_line(to)[:80]}` is no address that e-mail can be sent to: {error}") from None
        except UnicodeEncodeError:
            raise MailNotSent("The e-mail holds characters that cannot be written as text.") from None
        client = self._client()
        try:
            await self._prepare(client, recipient.mailbox)
            await self._hand_over(client, content)
            await _say_goodbye(client)
        finally:
            client.close()

    def _client(self) -> SMTP:
        return SMTP(
            hostname=self._host,
            port=self._port,
            username=self._username,
            password=self._password,
            timeout=self._timeout,
            use_tls=self._tls,
            start_tls=self._start_tls,
        )

    async def _prepare(self, client: SMTP, recipient: str) -> None:
        """All that comes before the e-mail itself: whatever fails here, nothing was sent."""
        try:
            await client.connect()
            await client.mail(self._sender.mailbox)
            await client.rcpt(recipient)
        except SMTPAuthenticationError as error:
            # The server's own words stay out: they might repeat what was sent.
            raise MailNotSent(f"The mail server refused user name or password ({error.code}).") from None
        except SMTPSenderRefused as error:
            raise MailNotSent(f"The mail server refused the sender {error.sender}: {_words(error)}") from error
        except SMTPRecipientRefused as error:
            raise MailNotSent(f"The mail server refused the recipient {error.recipient}: {_words(error)}") from error
        except SMTPResponseException as error:
            raise MailNotSent(f"The mail server refused to take e-mail: {_words(error)}") from error
        except (SMTPException, OSError, ValueError) as error:
            raise MailNotSent(f"No e-mail could be handed to {self._host}:{self._port}: {_words(error)}") from error

    async def _hand_over(self, client: SMTP, content: bytes) -> None:
        """From here on, only a definite answer tells whether it was sent."""
        try:
            await client.data(content)
        except (SMTPException, OSError) as error:
            if isinstance(error, SMTPResponseException) and 400 <= error.code < 600:
                raise MailNotSent(f"The mail server refused the e-mail: {_words(error)}") from error
            raise MailOutcomeUnknown(
                f"The mail server did not say whether it took the e-mail: {_words(error)}"
            ) from error


async def _say_goodbye(client: SMTP) -> None:
    try:
        await client.quit(timeout=_GOODBYE)
    except (SMTPException, OSError):
        return  # the e-mail was accepted, and no bad manners afterwards change that


def _words(error: Exception) -> str:
    """What the error says, as one short sentence; a server's answer with its code."""
    text = f"{error.code} {error.message}" if isinstance(error, SMTPResponseException) else str(error)
    return one_line(text.encode("utf-8", "replace").decode())[:300].rstrip(" .") + "."
